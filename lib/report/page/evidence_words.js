// What a piece of evidence says, in words for a reader.

const kEvidenceNames = {
  attribution: 'Says whom it has it from',
  canonical: 'Its canonical address is the other\u2019s',
  is_based_on: 'Says that it is based on the other',
  clock: 'Time of publication',
  clock_overruled: 'A date must be wrong',
  quote_marks: 'Quotes line by line',
  introduced: 'Introduces what it quotes',
  lead: 'A beginning of its own',
  lead_words: 'Length of its own beginning',
  ending: 'An ending of its own',
  ending_words: 'Length of its own ending',
  interleaved: 'Own text between the passages',
  interleaved_words: 'Length of own text between',
  inserted: 'Text put in between',
  coverage: 'Share that both have',
  length: 'Length of the text',
  at_end: 'Ends with what both have',
  cut_at_paragraph: 'Cut within paragraphs',
  cut_at_sentence: 'Cut within sentences',
  elision: 'Marks of what was left out',
  addressing: 'Speaks to somebody',
  first_person: 'Speaks as I',
  reply: 'Goes on like a reply',
  answer: 'Answers a question',
  signature: 'Signed',
  named_author: 'Names the other\u2019s author',
  indent: 'Foreign indentation',
  line_width: 'Foreign width of lines',
  house_style: 'Foreign house style',
  misprint: 'Misprints',
  family: 'The family as a whole',
  common_source: 'A third text',
};

// What tells the two texts of a pair apart, as short as can be: publishers,
// titles, or ids.
const namesOfPair = (edge) => {
  const docs = [edge.a, edge.b].map((number) => model.documents[number]);
  const ways = [(doc) => doc.publisher, (doc) => doc.name, (doc) => doc.id];
  const way = ways.find((of) => of(docs[0]) && of(docs[1]) &&
      of(docs[0]) !== of(docs[1])) || ways[2];
  return docs.map(way);
};

// The records call the two texts a and b: where these are words of the record
// and not of a text that it quotes, it is said which they are. An "a" that goes
// on otherwise is an article: "passages that end in a question".
const kSide = new RegExp('(^|; |, |\\b(?:in|of|which(?: is)?) )([ab])' +
    '(?=$|[,:;]| \\(| -?\\d| (?:is|names|credits|introduces|speaks|does)\\b)',
    'g');
const detailInWords = (detail, names) => {
  const yesNo = /^(.*) \(1: yes\): ([01]) in a, ([01]) in b$/s.exec(detail);
  const plain = yesNo === null ? detail :
      yesNo[1] + ': ' + yesNo.slice(2)
          .map((is, i) => (is === '1' ? 'yes' : 'no') + ' in ' + 'ab'[i])
          .join(', ');
  return plain.split('"').flatMap((part, i) => {
    const out = i ? ['"'] : [];
    if (i % 2) return [...out, shown(part)];
    let end = 0;
    for (const found of part.matchAll(kSide)) {
      const begin = found.index + found[1].length;
      out.push(shown(part.slice(end, begin)),
               make('b', {}, name(names['ab'.indexOf(found[2])])));
      end = begin + 1;
    }
    return [...out, shown(part.slice(end))];
  });
};
