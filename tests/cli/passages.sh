# The passages of the sample newsroom, in every form that they are written in.
articles=$CORPUS/newsroom/articles.jsonl
"$WIRECOPY" passages "$articles" -o passages.jsonl --groups groups.jsonl \
  --stats stats.json --rejects rejects.jsonl
sed -n '1,5p' passages.jsonl
wc -l passages.jsonl groups.jsonl rejects.jsonl
sed 's/"version":"[^"]*"/"version":"<version>"/' stats.json
echo "-- groups"
sed -n '1,3p' groups.jsonl
echo "-- tsv"
"$WIRECOPY" passages -q --format tsv "$articles" >passages.tsv
sed -n '1,5p' passages.tsv
echo "-- the forms agree, and quote the texts where they say"
"$WIRECOPY" passages -q --format annotation "$articles" >annotations.jsonl
cat >check.py <<'END'
import json
import sys

def read(name):
    return [json.loads(line) for line in open(name, encoding="utf-8")]

articles = {a["id"]: a for a in read(sys.argv[1])}
addresses = {}
for name, article in articles.items():
    addresses[article.get("url", "urn:wirecopy:document:" + name)] = article
passages, groups = read("passages.jsonl"), read("groups.jsonl")
annotations = read("annotations.jsonl")
table = [line.rstrip("\n").split("\t") for line in open("passages.tsv")]
assert len(passages) == len(annotations) == len(table) == 119

def check_row(passage, row):
    sides = []
    for side in "ab":
        name = passage[side]
        begin, end = passage[side + "_begin"], passage[side + "_end"]
        sides.append([name, len(articles[name]["text"]), begin, end])
    total = passage["words"] + passage["edits"]
    expected = [*sides[0], "+", *sides[1], passage["words"], total,
                f"{passage['identity']:.4f}", passage["kind"],
                passage["group"]]
    assert row == [str(field) for field in expected], row

def check_side(passage, side, resource):
    article = articles[passage[side]]
    text = article["text"]
    assert resource["type"] == "SpecificResource"
    assert addresses[resource["source"]] is article
    position, quote = resource["selector"]
    begin, end = position["start"], position["end"]
    assert position["type"] == "TextPositionSelector"
    assert (begin, end) == (passage[side + "_begin"], passage[side + "_end"])
    assert quote == {"type": "TextQuoteSelector", "exact": text[begin:end],
                     "prefix": text[max(0, begin - 32):begin],
                     "suffix": text[end:end + 32]}

for passage, annotation, row in zip(passages, annotations, table):
    check_row(passage, row)
    assert annotation["type"] == "Annotation"
    assert annotation["@context"] == "http://www.w3.org/ns/anno.jsonld"
    check_side(passage, "a", annotation["body"])
    check_side(passage, "b", annotation["target"])
    assert annotation["wirecopy:kind"] == passage["kind"]
    assert annotation["wirecopy:group"] == passage["group"]
    assert passage["identity"] == passage["words"] / (
        passage["words"] + passage["edits"])
assert len({a["id"] for a in annotations}) == len(annotations)

by_name = {group["group"]: group for group in groups}
assert {p["group"] for p in passages} == set(by_name)
for group in groups:
    assert group["first"] in group["members"]
for passage in passages:
    for side in "ab":
        assert any(member["id"] == passage[side] and
                   member["begin"] < passage[side + "_end"] and
                   passage[side + "_begin"] < member["end"]
                   for member in by_name[passage["group"]]["members"])
print(len(passages), "passages in", len(groups), "groups")
END
python3 check.py "$articles"
