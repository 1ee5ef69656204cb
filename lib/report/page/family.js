// Families and single documents.

const kMostIndent = 10;

const statusText = (doc) => {
  if (doc.status === undefined) return ['in no family', ''];
  const name = {root: 'root', copy: 'copy', hidden_source:
      'from an absent source' + (doc.absent >= 0.005 ?
          ' (' + confidence(doc.absent) + ')' : ''),
      undecided: 'undecided'}[doc.status];
  return [name || doc.status, doc.overruled ?
      make('span', {class: 'tag warn'}, 'clock overruled') : ''];
};

const rootOf = (family) => family.members.find(
    (number) => model.documents[number].status === 'root');
const familyTitle = (family) => {
  const root = rootOf(family);
  return model.documents[root === undefined ? family.members[0] : root].name;
};
const beginningOf = (family) => {
  const root = rootOf(family);
  if (root !== undefined) {
    return model.documents[root].publisher || model.documents[root].id;
  }
  return family.groups.length ? 'an absent source' : 'undecided';
};

// The rows of a tree, from top to bottom: {doc} or {group}, and how deep. A
// document stands below its first parent, or below its absent source.
const treeRows = (family) => {
  const below = new Map();  // a document's number, or a group's name
  const tops = [];
  const add = (key, number) => {
    if (!below.has(key)) below.set(key, []);
    below.get(key).push(number);
  };
  for (const number of family.members) {
    const doc = model.documents[number];
    if (doc.parents.length) add(doc.parents[0][0], number);
    else if (doc.group) add(doc.group, number);
    else tops.push(number);
  }
  const rows = [];
  const seen = new Set();
  const walk = (first, depth) => {
    const open = [[first, depth]];
    while (open.length) {
      const [number, at] = open.pop();
      if (seen.has(number)) continue;
      seen.add(number);
      rows.push({doc: model.documents[number], depth: at});
      for (const child of [...(below.get(number) || [])].reverse()) {
        open.push([child, at + 1]);
      }
    }
  };
  const byTime = (x, y) => compareValues(model.documents[x].time,
                                         model.documents[y].time) || x - y;
  for (const children of below.values()) children.sort(byTime);
  for (const number of tops.sort(byTime)) walk(number, 0);
  for (const group of family.groups) {
    rows.push({group, depth: 0});
    for (const number of below.get(group) || []) walk(number, 1);
  }
  for (const number of family.members) walk(number, 0);  // circles
  return rows;
};

const parentText = (child, [number, sure, words]) => {
  const edge = edgeOfPair(child.number, number);
  const told = confidence(sure) + (words ? ', ' + counted(words, 'word') : '');
  return [documentLink(number), ' (', edge === null ? told :
      make('a', {href: linkTo.edge(edge)}, told), ')'];
};

const listed = (parts) => parts.flatMap((part, i) => [i ? ', ' : '', part])
    .flat();

const whyOf = (doc) => {
  const lines = [];
  if (doc.parents.length) {
    lines.push(['from ', ...listed(doc.parents.map(
        (parent) => parentText(doc, parent)))]);
  }
  if (doc.runnersUp.length) {
    lines.push([doc.parents.length ? 'or from ' : 'perhaps from ',
        ...listed(doc.runnersUp.map((parent) => parentText(doc, parent)))]);
  }
  if (['copy', 'undecided'].includes(doc.status) && doc.absent >= 0.005) {
    lines.push(['from a source that is not here: ' + confidence(doc.absent)]);
  }
  return lines;
};

const treeItem = ({doc, group, depth}) => {
  const label = doc ? [documentLink(doc.number), ' ',
      make('small', {}, ...[doc.publisher, doc.when].filter(Boolean)
          .flatMap((fact) => [' \u00b7 ', name(fact)]))] :
      ['a source that is not among the documents'];
  const item = make('div', {class: 'name'},
      depth ? make('i', {class: 'bend', 'aria-hidden': 'true'}) : '',
      make('i', {class: 'dot', 'aria-hidden': 'true'}),
      make('span', {}, ...label));
  item.style.paddingInlineStart = 1.4 * Math.max(0,
      Math.min(depth, kMostIndent) - 1) + 'rem';
  const status = !doc ? 'absent' :
      {root: 'root', copy: 'copy', hidden_source: 'hidden'}[doc.status] ||
      'undecided';
  const tags = doc ? statusText(doc) : [''];
  return make('li', {class: status, role: 'treeitem',
                     'aria-level': depth + 1},
      item, make('div', {class: 'why'},
          ...(doc && doc.status !== 'copy' ? [make('div', {}, tags)] :
              [tags[1] || '']),
          ...(doc ? whyOf(doc) : []).map((line) => make('div', {}, ...line))));
};

// The graph draws families together that share more than quotations.
const besides = (number) => {
  const panel = document.querySelector(
      '#graph .panel[data-f~="' + number + '"]');
  const others = panel === null ? [] : panel.dataset.f.split(' ').map(Number)
      .filter((other) => other !== number);
  if (!others.length) return [];
  return [make('p', {class: 'facts'}, 'Drawn beside ',
      ...listed(others.map((other) => ['the family of ',
          make('a', {href: linkTo.family(other)},
               name(familyTitle(model.families[other])))])),
      ': they share passages, but no line of descent leads from one to the ' +
      'other.')];
};

const kTreeAtOnce = 200;

const showFamily = (detail, number, steps) => {
  const family = model.families[number];
  const rows = treeRows(family);
  const tree = make('ul', {class: 'tree', role: 'tree',
                           'aria-label': 'Lineage'});
  let made = 0;
  const more = make('button', {type: 'button', class: 'more'});
  const addRows = () => {
    const end = Math.min(rows.length, made + kTreeAtOnce);
    for (; made < end; ++made) tree.append(treeItem(rows[made]));
    more.hidden = made === rows.length;
    more.textContent = 'Show more of ' + grouped(rows.length - made);
  };
  more.addEventListener('click', addRows);
  addRows();
  const words = [counted(family.members.length, 'document'),
                 'begins with ' + beginningOf(family)];
  if (family.groups.length) {
    words.push(counted(family.groups.length, 'absent source'));
  }
  detail.replaceChildren(
      make('header', {}, make('h2', {}, 'The family of ',
                              name(familyTitle(family))), steps),
      make('p', {class: 'facts'}, name(words.join(' \u00b7 '))),
      ...besides(number),
      make('p', {class: 'facts'}, 'A confidence here says how likely it is ' +
          'that a text was made from this one and from no other; that of a ' +
          'second parent, how often such a one is right; that of a pair, ' +
          'which of the two was first.'),
      tree, more);
};

// Why a document's parents have another confidence than its pairs with them.
const confidenceNote = (doc) => {
  const count = (doc.parents || []).length;
  return count === 0 ? '' : make('p', {class: 'facts note'},
      'The confidence of a parent is how likely the text was made from that ' +
      'one and from no other', count > 1 ?
          '; of a second parent, how often one of its kind is right' : '',
      '. That of a pair, below, is only which of the two was first.');
};

// Only addresses that a browser opens as pages.
const addressOf = (doc) => /^https?:\/\//i.test(doc.url || '') ? doc.url : null;

const showDocument = (detail, number, steps) => {
  const doc = model.documents[number];
  const facts = [doc.id === doc.name ? null : doc.id, doc.publisher, doc.when,
                 counted(doc.words, 'word')].filter(Boolean);
  const address = addressOf(doc);
  const text = textsOf()[number];
  const end = borderAt(text, Math.min(text.length, kMostCharacters));
  const lines = doc.status === undefined ? [] : whyOf(doc);
  if (doc.parents && doc.parents.length && doc.origin !== null &&
      doc.parents[0][0] !== doc.origin) {
    lines.push(['goes back to ', documentLink(doc.origin)]);
  }
  detail.replaceChildren(
      make('header', {}, make('h2', {}, name(doc.name)), steps),
      make('p', {class: 'facts'}, ...facts.flatMap(
          (fact, i) => [i ? ' \u00b7 ' : '', name(fact)]),
          ...(address ? [' \u00b7 ', make('a', {href: address,
              rel: 'noreferrer noopener', target: '_blank'},
              name(address))] : [])),
      make('p', {class: 'facts'}, ...(doc.status === undefined ?
          ['in no family'] : [statusText(doc)[0], ' ', statusText(doc)[1]]),
          ' ',
          ...(doc.family === undefined ? [] : ['in the family of ',
              make('a', {href: linkTo.family(doc.family)},
                   name(familyTitle(model.families[doc.family])))])),
      ...lines.map((line) => make('p', {class: 'facts'}, ...line)),
      confidenceNote(doc),
      make('h3', {}, 'Its pairs'),
      make('div', {id: 'document-pairs'}),
      make('h3', {}, 'Its text'),
      make('article', {}, make('div', {class: 'text', dir: 'auto', lang: '',
          tabindex: '0', role: 'region', 'aria-label': 'text'},
          make('span', {class: 'contained'}, shown(text.slice(0, end))),
          end < text.length ? gap(text.length - end) : '')));
  makeTable(byId('document-pairs'), 'Its pairs', [
    {head: 'With', class: 'name', value: (edge) => model.documents[
         edge.a === number ? edge.b : edge.a].name,
     show: (edge) => documentLink(edge.a === number ? edge.b : edge.a)},
    {head: 'It is', value: (edge) => edge.source,
     show: (edge) => hasNoDirection(edge) ? '\u2013' :
         !isDecided(edge) ? 'undecided' :
         edge.source === number ? 'the source' : 'the copy'},
    {head: 'Relation', value: (edge) => edge.relation, show: relationTag},
    {head: 'Words', value: (edge) => edge.words, number: true},
    {head: 'Confidence', value: (edge) => edge.confidence, number: true,
     show: (edge) => hasNoDirection(edge) && !hasVerdict(edge) ? '\u2013' :
         confidence(edge.confidence)},
    {head: '', class: 'nowrap', value: (edge) => edge.number,
     show: (edge) => make('a', {href: linkTo.edge(edge.number)}, 'texts')},
  ], () => doc.edges.map((n) => model.edges[n]));
};
