#!/usr/bin/env python3
"""Makes attribution_pairs.jsonl: pairs of invented articles of which one took
the other's text and says so.

  make_attribution_pairs.py > attribution_pairs.jsonl

Each story comes twice. Once the source is the longer text, writes straight
quotation marks and is in the copy's order; once the copy is longer, the source
writes curly marks, and the copy has its paragraphs in another order. A rule
that goes by length, order or typography is right in one of two at best.
"""

import json
import sys

# language, name, paragraphs ("@" stands where the attribution does), what the
# source and the copy say there, a line behind the copy, what else the source
# has and the copy has, the source's publisher and the copy's.
STORIES = [
    ("en", "interview", [
        "The old swing bridge at Tarn Ferry will stay open until the new crossing has been tested in a winter storm, the harbour master @.",
        "\"Nobody wants to be the person who closed the only road to the island school,\" Orla Fenn said, pointing at the rusted counterweights that have not moved since the spring tide.",
        "Two engineers from the county have counted ninety cracked rivets, and none of them is in a place where the deck would give way without a warning."],
     "told the Marlow Gazette", "said in an interview with the Marlow Gazette", "",
     "The Gazette walked across the bridge with her on Tuesday, while a queue of milk lorries waited for the lights to change on the far bank.",
     "People who live on the island have asked for a ferry in the meantime, and a petition with four hundred names lies in the post office.",
     "", ""),
    ("en", "originally published", [
        "Beekeepers on the Cold Fell have moved their hives into the disused railway tunnel, where the temperature hardly changes between one season and the next@.",
        "\"The bees do not mind the dark, they mind the draught,\" said Wat Sorrel, who carried the first of them in with a lantern in one hand.",
        "The railway company let the tunnel for one jar of heather honey a year, to be delivered on the anniversary of the last train."],
     "", "", "This story was originally published in the Fell Country Courier.",
     "A second tunnel, on the branch line that was never finished, will be looked at in the spring if the water in it can be drained away.",
     "Honey from the tunnel is darker than what the moor gives in other years, according to those who were allowed to taste it at the county show.",
     "", ""),
    ("en", "own voice", [
        "The tower clock of Low Pennock has been eleven minutes fast since it was mended, and the verger @ that he likes it that way.",
        "\"People used to be late for the bus and blame the church,\" Amos Tull said. \"Now they are early and blame me.\"",
        "The clockmaker who set it has offered to come back for nothing, and the parish council will vote on the offer before the harvest supper."],
     "told this newspaper", "told the Pennock Observer", "",
     "In the market square, a straw poll found six people for the right time and nineteen for the present one, with a dog abstaining.",
     "Similar quarrels over church clocks have been reported from three other villages in the dale, one of which keeps summer time all year.",
     "", ""),
    ("en", "reported", [
        "A box of letters found behind the stove of the Anchor inn was written by the keeper of the lighthouse on Skerry Point@.",
        "The letters are addressed to a sister who had sailed for Valparaiso, and were never sent, for want of a stamp or of courage.",
        "\"He counts the ships and then he counts the days, and in the end he only counts the days,\" said the archivist, Prudence Kell."],
     "", ", the Skerry Herald reported", "",
     "The Herald has seen all forty of them, and will print those of the year of the great fog over the next weeks with the consent of the family.",
     "The lighthouse has been without a keeper for a generation, and its lamp is watched from a room with a screen on the mainland.",
     "", ""),
    ("en", "publishers", [
        "The library bus will not be sold after all, the driver told the Wexcombe Ledger, because nobody has found out how to start it without her@.",
        "\"There is a trick with the choke and a trick with the hymn book,\" said Bess Arkwright, who has driven it for twenty-six winters and lent out some ninety thousand books.",
        "The council had hoped to get a new van for the price, and has now put the matter off until the lanes are free of snow."],
     "", "", "",
     "She has promised to teach two younger colleagues the tricks, one at a time, and not to tell either of them all of it before her pension.",
     "Mobile libraries have been sold in most of the neighbouring districts, where readers now get one parcel of books each month by post.",
     "Wexcombe Ledger", "Dale and Vale Post"),
    ("en", "agency", [
        "@A herd of forty cows that had been missing since the flood has come home by itself, wet to the shoulders and in good spirits.",
        "\"They came down the lane in single file as if somebody had rung a bell,\" the farmer, Ned Garrow, said on the steps of the milking parlour.",
        "The river had carried away three bridges in the valley, and it is not known where or how the animals crossed it."],
     "", "HAY MILL (NWA) - ", "",
     "Two calves that nobody had counted were with them. Mr. Garrow named the one for the river and the other for the insurance company.",
     "The valley has been cut off since Friday, and bread is being brought in by a tractor of the volunteer fire brigade.",
     "North Wold Agency", "Hay Mill Times"),
    ("en", "site", [
        "The puppet theatre in Quay Street has sold its last seat, and means this in the sense that the seat was bought and carried away@.",
        "\"He had sat in it as a boy and wanted to sit in it at home,\" said Lettice Moon, who works the strings of the wolf and both grandmothers.",
        "The rest of the row is to be auctioned in aid of the roof, which lets in the rain above the woods and the second act."],
     "", "", "First appeared on quaystreet.example",
     "The theatre opens again in May with a play about a leaking roof, for which no scenery has to be made, and children under six pay with a drawing.",
     "Puppet theatres are rare on this coast, and the nearest other one closed when its owner ran off to sea with the principal boy.",
     "", ""),
    ("fr", "entretien", [
        "Le moulin de Saint-Aubrac tournera de nouveau au printemps, a annoncé le meunier @, malgré la roue fendue et les trois hivers sans eau.",
        "« Mon grand-père disait qu'un moulin arrêté est une horloge qui ment », raconte Basile Cormier en montrant les meules qu'il a retaillées lui-même.",
        "La commune a promis de curer le bief avant la fonte des neiges, et les pêcheurs ont accepté de ne plus barrer la vanne."],
     "au Messager du Lac", "dans un entretien au Messager du Lac", "",
     "Nous l'avons suivi une matinée entre la chambre des meules et le grenier, où sèchent encore les sacs de l'année du grand gel.",
     "Quatre autres moulins de la vallée attendent un meunier, et une école de la région voudrait ouvrir une classe pour apprendre le métier.",
     "", ""),
    ("fr", "publié à l'origine", [
        "Une baleine échouée sur la grève de Portrieux a été remise à l'eau par deux cents personnes, une fanfare et le bateau du curé@.",
        "« Nous avons joué jusqu'à la marée, parce qu'elle battait de la queue en mesure », assure le chef de la fanfare, Yann Le Goffic.",
        "L'animal a fait trois fois le tour de la baie avant de prendre le large, et personne n'est allé dormir avant l'aube."],
     "", "", "Article publié à l'origine dans La Dépêche des Abers.",
     "Le bateau du curé, qui prend l'eau, sera réparé par une quête dont le produit dépassait dimanche soir le prix du bois.",
     "Les échouages sont plus nombreux depuis dix ans sur cette côte, d'après les relevés de l'observatoire, qui compte surtout des dauphins.",
     "", ""),
    ("de", "gespräch", [
        "Die Seilbahn auf den Krähenstein fährt auch im nächsten Winter mit den alten Gondeln, weil die neuen nicht durch das Tor der Talstation passen, @ der Betriebsleiter.",
        "\"Wir haben alles gemessen, nur das Tor nicht\", gibt Korbinian Aschauer zu, der seit dreißig Jahren die Seile schmiert und jede Stütze beim Vornamen kennt.",
        "Das Tor steht unter Denkmalschutz, und die Behörde will im Frühjahr entscheiden, ob zwei Steine aus dem Bogen genommen werden dürfen."],
     "sagte dem Hochtaler Anzeiger", "erklärte im Gespräch mit dem Hochtaler Anzeiger", "",
     "Die neuen Gondeln stehen einstweilen in der Turnhalle, wo die Kinder der dritten Klasse darin ihre Hausaufgaben machen und Karten spielen.",
     "In der Nachbargemeinde hatte man vor Jahren ein ähnliches Problem mit einem Feuerwehrauto, das seither im Freien überwintert.",
     "", ""),
    ("de", "zuerst erschienen", [
        "Im Stadtwald von Ellernbrück hat eine Försterin eine Eiche vermessen, die älter ist als die Stadt und zwei Stadtbrände überstanden hat@.",
        "\"Sie ist innen hohl, und im Hohlraum steht ein Stuhl, von dem niemand weiß, wie er hineingekommen ist\", berichtet Wiebke Harms von der ersten Begehung.",
        "Der Stuhl bleibt, wo er ist, denn um ihn herum sind Wurzeln gewachsen, und ein Kauz benutzt die Lehne als Ansitz."],
     "", "", "Dieser Text ist zuerst erschienen im Ellernbrücker Boten.",
     "Wer die Eiche sehen will, muss sich bei der Försterei anmelden und eine halbe Stunde still sein können, so steht es auf dem Schild.",
     "Alte Bäume werden im ganzen Landkreis gezählt, und bis zum Herbst sollen die Listen der Gemeinden zusammengeführt werden.",
     "", ""),
    ("es", "entrevista", [
        "El faro de Punta Escoria volverá a tener farero, @ la alcaldesa, porque las gaviotas han aprendido a apagar la lámpara automática.",
        "\"Se posan en el sensor y el faro cree que es de día\", explicó Remedios Alcorta, que ha subido los doscientos escalones con un saco de pan duro.",
        "El puesto lleva casa, huerto y una barca pequeña, y se pide a los candidatos que no tengan miedo de los pájaros ni del silencio."],
     "dijo al Heraldo de Escoria", "contó en una entrevista con el Heraldo de Escoria", "",
     "Ya han preguntado por la plaza un relojero, dos hermanas que cantan a dúo y un hombre que no quiso dejar su nombre ni su teléfono.",
     "Otros faros de la costa siguen sin nadie desde hace décadas, y en uno de ellos se ha instalado un restaurante que cierra en invierno.",
     "", ""),
    ("es", "publicado originalmente", [
        "Los vecinos de Valdeolmo han pintado de azul las puertas de las casas vacías para que el cartero deje de llamar en ellas@.",
        "\"Antes tardaba toda la mañana y ahora me sobra tiempo para leer las postales\", bromea Eladio Quirós, que reparte en once pueblos con una sola bicicleta.",
        "Quedan treinta y dos puertas sin pintar, y en una de ellas ha aparecido luz, aunque nadie recuerda quién tenía la llave."],
     "", "", "Publicado originalmente en El Correo de la Sierra.",
     "El ayuntamiento paga la pintura y los niños de la escuela eligen el tono, que este año se llama mar por la tarde y seca en dos horas.",
     "La despoblación avanza en toda la comarca, donde cada invierno se cierran unas veinte casas y apenas se abren tres o cuatro.",
     "", ""),
    ("ar", "مقابلة", [
        "سيعود القارب القديم إلى ميناء وادي النورس قبل نهاية الصيف بعد أن أصلحه صيادو القرية بأيديهم، كما قال كبيرهم @.",
        "وأضاف سالم البحار أن الخشب جاء من سقف المدرسة القديمة، وأن الأطفال كتبوا أسماءهم على الألواح قبل أن تدق فيها المسامير الأولى.",
        "ولم يبق على الرحلة الأولى سوى الشراع الذي تخيطه نساء القرية من أقمشة جمعنها من سبعين بيتا على امتداد الساحل."],
     "لصحيفة المرساة", "في مقابلة مع صحيفة المرساة", "",
     "وقد رافقنا الصيادين يوما كاملا بين الورشة والشاطئ، حيث كانت رائحة القطران تختلط برائحة الخبز الخارج من فرن الميناء.",
     "وتشهد قرى الساحل منذ سنوات عودة إلى القوارب الشراعية بعد ارتفاع أسعار الوقود وقلة السمك القريب من الشاطئ.",
     "", ""),
    ("ar", "نقلا", [
        "عثر عمال يحفرون بئرا في واحة الغزالة على لوح حجري نقشت عليه قائمة بأسماء النخيل وأصحابها قبل مئات السنين@.",
        "ويقول المؤرخ رائد السنبلي إن القائمة أدق من دفاتر اليوم، لأن كاتبها ذكر لكل نخلة عدد عذوقها ومن يحق له أن يستظل بها.",
        "وسيوضع اللوح في بيت العمدة إلى أن يبنى متحف صغير، بعدما رفض أهل الواحة أن ينقل الحجر إلى المدينة."],
     "", "، نقلا عن صحيفة صوت الواحة", "",
     "وقد تعرف ثلاثة من الشيوخ على أسماء أجدادهم في اللوح، وطالب أحدهم مازحا بنخلة يقول إن جاره يجني تمرها منذ أربعين سنة.",
     "وكثرت في السنوات الأخيرة الاكتشافات التي تأتي من حفر الآبار، إذ انخفض مستوى الماء في واحات المنطقة كلها.",
     "", ""),
    ("zh", "采访", [
        "青石渡口的老船工@说，他不会在新桥通车以后把渡船卖掉，因为每天清晨还有三个孩子和一头驴要过河去上学和磨面。",
        "这条渡船是他父亲用两棵樟木造的，船底补过十一次，船头刻着每一年发大水的日子和水涨到的高度。",
        "新桥离渡口有四里路，桥上不许牲口走，村里的老人也嫌桥栏杆太低，刮风的时候站不稳。"],
     "告诉海岸日报", "在接受海岸日报采访时", "",
     "记者在渡口住了两个晚上，看见他天不亮就起来舀船舱里的水，把缆绳一寸一寸摸过去检查有没有磨断的地方。",
     "全县原有二十多个渡口，这些年陆续停了一半，剩下的渡口大多只在赶集的日子开船，收费也各不相同。",
     "", ""),
    ("zh", "报道", [
        "@云岭小学的学生们在旧粮仓里办了一座种子博物馆，把祖辈留下的四十三种豆子分别装在玻璃瓶里并写上名字。",
        "最老的一种豆子叫雪里红，种了六代人，豆荚裂开的时候会发出一声轻响，老人们靠这个声音判断秋收的早晚。",
        "博物馆不收门票，可是每位客人要带一把自己家的种子来，管理员会记下种子的来历和播种的办法。"],
     "", "据山城晚报报道，", "",
     "管理员今年十二岁，她说最难的不是收集，而是防老鼠，为此他们给粮仓养了两只猫，一只管白天，一只管夜里。",
     "近年来各地都有村庄开始保存老种子，有的建了冷库，有的把种子分给农户轮流种植，每年秋天再收回来。",
     "", ""),
]

CURLY = {"en": "“”", "de": "„“", "es": "“”"}


def curly(text, language):
    """Straight marks by turns opening and closing."""
    if language not in CURLY:
        return text
    parts = text.split('"')
    marks = CURLY[language]
    return "".join(part + (marks[i % 2] if i + 1 < len(parts) else "")
                   for i, part in enumerate(parts))


def texts(paragraphs, words):
    return [p.replace("@", words) for p in paragraphs]


def main():
    for (language, name, paragraphs, source_words, copy_words, line,
         source_more, copy_more, source_publisher,
         copy_publisher) in STORIES:
        for is_reversed in (False, True):
            source = texts(paragraphs, source_words)
            copy = texts(paragraphs, copy_words)
            if is_reversed:
                copy = [copy[0], copy[2], copy[1], copy_more]
            else:
                source.append(source_more)
            if line:
                copy.append(line)
            source_text, copy_text = "\n\n".join(source), "\n\n".join(copy)
            if is_reversed:
                source_text = curly(source_text, language)
            else:
                copy_text = curly(copy_text, language)
            record = {"language": language, "name": name,
                      "reversed": is_reversed,
                      "source": source_text, "copy": copy_text}
            if source_publisher:
                record["source_publisher"] = source_publisher
                record["copy_publisher"] = copy_publisher
            json.dump(record, sys.stdout, ensure_ascii=False)
            print()


if __name__ == "__main__":
    main()
