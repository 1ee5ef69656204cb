'use strict';
// What the page knows: the records, found by number, and what the reader
// filters them by. Texts and pairs are parsed when somebody wants them.

const readData = (id) =>
    JSON.parse(document.getElementById('data-' + id).textContent);

const lazily = (make) => {
  let made;
  return () => made === undefined ? (made = make()) : made;
};

const model = readData('index');
const textsOf = lazily(() => readData('texts'));
const pairsOf = lazily(() => readData('pairs'));
const loweredTexts = lazily(() => textsOf().map((text) => text.toLowerCase()));

const kRelationNames = {
  republication: 'republication',
  excerpt: 'excerpt',
  update: 'update',
  common_source: 'common source',
  quotation: 'quotation',
};

model.documents.forEach((doc, number) => {
  doc.number = number;
  doc.edges = [];
  doc.name = doc.title || doc.id;
});
model.edges.forEach((edge, number) => {
  edge.number = number;
  model.documents[edge.a].edges.push(number);
  model.documents[edge.b].edges.push(number);
});

const isDecided = (edge) => edge.source !== null;
// Neither need have copied from the other.
const hasNoDirection = (edge) => !isDecided(edge) &&
    (edge.relation === 'common_source' || edge.relation === 'quotation');
// Undecided pairs have none, nor have those that quote the same words.
const hasVerdict = (edge) =>
    isDecided(edge) || edge.relation === 'common_source';
// The copy was made from a third text, and only goes back to the source.
const isRoundabout = (edge) => {
  if (!isDecided(edge)) return false;
  const [source, copy] = [edge.source, edge.a + edge.b - edge.source].map(
      (number) => model.documents[number]);
  return source.family !== undefined && source.family === copy.family &&
      copy.parents.length > 0 &&
      !copy.parents.some(([number]) => number === source.number);
};
// The text that is shown on the left: the source, or a.
const leftOf = (edge) => isDecided(edge) ? edge.source : edge.a;
const rightOf = (edge) => leftOf(edge) === edge.a ? edge.b : edge.a;

const keyOfEdge = (edge) =>
    model.documents[edge.a].key + ',' + model.documents[edge.b].key;
const linkTo = {
  edge: (number) => '#edge=' + keyOfEdge(model.edges[number]),
  doc: (number) => '#doc=' + model.documents[number].key,
  family: (number) => '#family=' + model.families[number].name,
};

const edgesByKey = lazily(
    () => new Map(model.edges.map((edge) => [keyOfEdge(edge), edge.number])));
const documentsByKey = lazily(
    () => new Map(model.documents.map((doc) => [doc.key, doc.number])));
const familiesByName = lazily(
    () => new Map(model.families.map((family, i) => [family.name, i])));

// A number is what the map has for a key, however the browser or a person
// wrote it: with escapes in lower case, or with none; of a pair, in either
// order.
const findByKey = (map, key) => {
  const found = (written) => {
    const turned = written.split(',').reverse().join(',');
    return map.has(written) ? map.get(written) :
        map.has(turned) ? map.get(turned) : null;
  };
  try {
    const number = found(key);
    return number !== null ? number : found(key.split(',')
        .map((part) => encodeURIComponent(decodeURIComponent(part))
            .replace(/'/g, '%27')).join(','));
  } catch (error) {  // a stray percent sign
    return null;
  }
};

const edgeOfPair = (x, y) => {
  const number = model.documents[x].edges.find((candidate) => {
    const edge = model.edges[candidate];
    return edge.a === y || edge.b === y;
  });
  return number === undefined ? null : number;
};

// --- filters ----------------------------------------------------------------

const filters = {
  relation: '', kind: '', words: 0, publisher: '', from: null, to: null,
  query: '',
};

const filtersEdges = () => Boolean(filters.relation || filters.kind ||
    filters.words || filters.publisher);

const filtersAnything = () => filtersEdges() || Boolean(filters.query) ||
    filters.from !== null || filters.to !== null;

const inTime = (doc) => {
  if (filters.from === null && filters.to === null) return true;
  return doc.time !== undefined &&
      (filters.from === null || doc.time >= filters.from) &&
      (filters.to === null || doc.time < filters.to);
};

const edgePasses = (edge) => {
  const a = model.documents[edge.a];
  const b = model.documents[edge.b];
  return (!filters.relation || edge.relation === filters.relation) &&
      (!filters.kind || edge.kinds.includes(filters.kind)) &&
      edge.words >= filters.words &&
      (!filters.publisher || a.publisher === filters.publisher ||
       b.publisher === filters.publisher) &&
      inTime(a) && inTime(b) &&
      (!filters.query || matches(a) || matches(b));
};

const documentPasses = (doc) => inTime(doc) &&
    (!filtersEdges() ||
     doc.edges.some((number) => edgePasses(model.edges[number])));

// What was searched for: found once for every query.
let matching = {query: '', documents: new Set()};
const kLeastForTexts = 4;

const findMatches = (query) => {
  const documents = new Set();
  for (const doc of model.documents) {
    const names = [doc.title, doc.id, doc.publisher, doc.url];
    const named = names.some((name) => name &&
        name.toLowerCase().includes(query));
    if (named || (query.length >= kLeastForTexts &&
                  loweredTexts()[doc.number].includes(query))) {
      documents.add(doc.number);
    }
  }
  return documents;
};

const matches = (doc) => {
  if (matching.query !== filters.query) {
    matching = {query: filters.query, documents: findMatches(filters.query)};
  }
  return matching.documents.has(doc.number);
};
