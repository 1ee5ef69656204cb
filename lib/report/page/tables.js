// Tables that are sorted by a click on their heads, and that make their rows
// as far as somebody looks.

const kRowsAtOnce = 100;

// `columns`: head, value (to sort by), show (elements), number. `rows()` is
// asked again for every refresh.
const makeTable = (view, caption, columns, rows, rowAttributes) => {
  const table = {order: null, descending: false, sorted: [], made: 0};
  const body = make('tbody');
  const more = make('button', {type: 'button', class: 'more',
      on: {click: () => table.addRows(kRowsAtOnce)}});
  const heads = columns.map((column, i) => make('th',
      {scope: 'col', class: column.number ? 'number' : null},
      make('button', {type: 'button', on: {click: () => table.sortBy(i)}},
           column.head)));
  table.addRows = (count) => {
    const end = Math.min(table.made + count, table.sorted.length);
    for (; table.made < end; ++table.made) {
      const row = table.sorted[table.made];
      body.append(make('tr', rowAttributes ? rowAttributes(row) : {},
          ...columns.map((column) => make('td',
              {class: column.number ? 'number' : column.class},
              ...[column.show ? column.show(row) : column.value(row)].flat()
                  .map((part) => typeof part === 'number' ? grouped(part) :
                      part)))));
    }
    const rest = table.sorted.length - table.made;
    more.hidden = rest === 0;
    more.textContent = 'Show ' + Math.min(rest, kRowsAtOnce) + ' more of ' +
        grouped(rest);
  };
  table.refresh = () => {
    table.sorted = rows();
    if (table.order !== null) {
      const value = columns[table.order].value;
      const sign = table.descending ? -1 : 1;
      table.sorted = [...table.sorted].sort(
          (x, y) => sign * compareValues(value(x), value(y)));
    }
    body.replaceChildren();
    table.made = 0;
    table.addRows(kRowsAtOnce);
  };
  table.sortBy = (i) => {
    table.descending = table.order === i ? !table.descending :
        Boolean(columns[i].number);
    table.order = i;
    heads.forEach((head, j) => {
      if (i !== j) return head.removeAttribute('aria-sort');
      head.setAttribute('aria-sort',
                        table.descending ? 'descending' : 'ascending');
    });
    table.refresh();
  };
  view.replaceChildren(
      make('h2', {class: 'print-title'}, caption),
      make('div', {class: 'table', tabindex: '0', role: 'region',
                   'aria-label': caption},
           make('table', {}, make('thead', {}, make('tr', {}, ...heads)),
                body)), more);
  table.refresh();
  return table;
};

// What is unknown comes last, whichever way.
const compareValues = (x, y) => {
  if (x === undefined || x === null) return y === undefined || y === null ?
      0 : 1;
  if (y === undefined || y === null) return -1;
  if (typeof x === 'number') return x - y;
  return x < y ? -1 : x > y ? 1 : 0;
};

// A title and, below it, who published it.
const withPublisher = (number) => {
  const {publisher} = model.documents[number];
  return [documentLink(number), ...(publisher ?
      [make('small', {class: 'below-name'}, name(publisher))] : [])];
};

const makePairTable = (view) => makeTable(view, 'Pairs', [
  {head: 'Source, or A', class: 'name',
   value: (edge) => model.documents[leftOf(edge)].name,
   show: (edge) => withPublisher(leftOf(edge))},
  {head: 'Copy, or B', class: 'name',
   value: (edge) => model.documents[rightOf(edge)].name,
   show: (edge) => withPublisher(rightOf(edge))},
  {head: 'Relation', value: (edge) => edge.relation,
   show: (edge) => relationTag(edge)},
  {head: 'Words', value: (edge) => edge.words, number: true},
  {head: 'Of the copy', number: true,
   value: (edge) => edge.coverage[leftOf(edge) === edge.a ? 1 : 0],
   show: (edge) => percent(edge.coverage[leftOf(edge) === edge.a ? 1 : 0])},
  {head: 'Confidence', number: true,
   value: (edge) => hasVerdict(edge) ? edge.confidence : null,
   show: (edge) => hasVerdict(edge) ? confidence(edge.confidence) :
       hasNoDirection(edge) ? '\u2013' : 'undecided'},
  {head: '', class: 'nowrap', value: (edge) => edge.number,
   show: (edge) => make('a', {href: linkTo.edge(edge.number)}, 'texts')},
], () => model.edges.filter(edgePasses), (edge) => ({'data-e': edge.number}));

const makeDocumentTable = (view) => makeTable(view, 'Documents', [
  {head: 'Document', class: 'name', value: (doc) => doc.name,
   show: (doc) => documentLink(doc.number)},
  {head: 'Publisher', class: 'publisher', value: (doc) => doc.publisher,
   show: (doc) => doc.publisher ? name(doc.publisher) : ''},
  {head: 'Published', class: 'nowrap', value: (doc) => doc.time,
   show: (doc) => doc.when || ''},
  {head: 'Words', value: (doc) => doc.words, number: true},
  {head: 'Family', class: 'nowrap', value: (doc) => doc.family,
   show: (doc) => doc.family === undefined ? '' :
       make('a', {href: linkTo.family(doc.family)},
            counted(model.families[doc.family].members.length,
                    'document'))},
  {head: 'Place', value: (doc) => doc.status,
   show: (doc) => [statusText(doc)[0], ' ', statusText(doc)[1]].flat()},
  {head: 'Pairs', value: (doc) => doc.edges.length, number: true},
], () => model.documents.filter((doc) => documentPasses(doc) &&
      (!filters.query || matches(doc))),
  (doc) => ({'data-d': doc.number}));

// What is below this is no line from one publisher to another.
const kLeastParent = 0.5;

// The rows of who feeds whom, of the pairs that pass the filters alone. A
// median is known of a whole row only.
const publisherRows = () => {
  if (!filtersAnything()) return model.publishers;
  const passing = new Map();
  const keyOf = (row) => JSON.stringify([row.source, row.copy]);
  model.documents.forEach((doc) => (doc.parents || []).forEach(
      ([source, likely, words]) => {
    const edge = likely < kLeastParent ? null : edgeOfPair(source, doc.number);
    if (edge === null || !edgePasses(model.edges[edge])) return;
    const key = keyOf({source: model.documents[source].publisher,
                       copy: doc.publisher});
    const sums = passing.get(key) || {documents: 0, words: 0};
    sums.documents += 1;
    sums.words += words;
    passing.set(key, sums);
  }));
  return model.publishers.filter((row) => passing.has(keyOf(row)))
      .map((row) => {
    const sums = passing.get(keyOf(row));
    const isWhole = sums.documents === row.documents;
    return {source: row.source, copy: row.copy, ...sums,
            ...(isWhole ? {seconds: row.seconds, delay: row.delay} : {})};
  });
};

const makePublisherTable = (view) => makeTable(view, 'Who feeds whom', [
  {head: 'Source', class: 'publisher', value: (row) => row.source,
   show: (row) => name(row.source)},
  {head: 'Copy', class: 'publisher', value: (row) => row.copy,
   show: (row) => name(row.copy)},
  {head: 'Documents', value: (row) => row.documents, number: true},
  {head: 'Words', value: (row) => row.words, number: true},
  {head: 'Median delay', value: (row) => row.seconds, number: true,
   show: (row) => row.delay || ''},
], publisherRows);

const makeFamilyTable = (view) => makeTable(view, 'Families', [
  {head: 'Family', class: 'name', value: (family) => familyTitle(family),
   show: (family) => make('a', {href: '#family=' + family.name},
       name(familyTitle(family)))},
  {head: 'Documents', value: (family) => family.members.length, number: true},
  {head: 'Begins with', class: 'publisher',
   value: (family) => beginningOf(family)},
  {head: 'Absent sources', value: (family) => family.groups.length,
   number: true},
  {head: 'First', class: 'nowrap', value: (family) => firstOf(family).time,
   show: (family) => firstOf(family).when || ''},
], () => model.families.filter((family) => family.members.some((number) =>
      documentPasses(model.documents[number]) &&
      (!filters.query || matches(model.documents[number])))));

// The document that was published first, as far as clocks are believed.
const firstOf = (family) => family.members
    .map((number) => model.documents[number])
    .filter((doc) => doc.time !== undefined && !doc.overruled)
    .reduce((x, y) => x.time <= y.time ? x : y, {});
