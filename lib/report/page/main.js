// Views, filters, the address, keys and print.

const detail = byId('detail');
const tables = {};  // those that have been opened
const kViews = {
  graph: () => canvas.apply(),
  families: (view) => { tables.families = makeFamilyTable(view); },
  pairs: (view) => { tables.pairs = makePairTable(view); },
  documents: (view) => { tables.documents = makeDocumentTable(view); },
  publishers: (view) => { tables.publishers = makePublisherTable(view); },
};

const prepareView = (name) => {
  if (name in tables) return;
  kViews[name](byId('view-' + name));
};

const showView = (name) => {
  for (const other of Object.keys(kViews)) {
    const tab = byId('tab-' + other);
    tab.setAttribute('aria-selected', String(other === name));
    tab.tabIndex = other === name ? 0 : -1;
    byId('view-' + other).hidden = other !== name;
  }
  byId('f-indirect').parentElement.hidden = name !== 'graph';
  prepareView(name);
  markRows();
};

const tabs = [...document.querySelectorAll('[role=tab]')];
tabs.forEach((tab, i) => {
  const view = tab.id.slice('tab-'.length);
  tab.addEventListener('click', () => showView(view));
  tab.addEventListener('keydown', (event) => {
    const step = {ArrowRight: 1, ArrowLeft: -1}[event.key];
    if (!step) return;
    const next = tabs[(i + step + tabs.length) % tabs.length];
    next.focus();
    next.click();
  });
});

// --- filters ---

const addOptions = (select, values, names) => {
  for (const value of values) {
    const shownName = names && names[value] || value;
    select.append(make('option', {value}, shown(shownName.length > 60 ?
        shownName.slice(0, 60) + '\u2026' : shownName)));
  }
};
const distinct = (values) => [...new Set(values.filter(Boolean))].sort();
addOptions(byId('f-relation'),
           distinct(model.edges.map((edge) => edge.relation)), kRelationNames);
addOptions(byId('f-kind'), distinct(model.edges.flatMap((e) => e.kinds)));
addOptions(byId('f-publisher'),
           distinct(model.documents.map((doc) => doc.publisher)));

const kDay = 86400000;
const readFilters = () => {
  const value = (id) => byId('f-' + id).value;
  const day = (id, more) => {
    const time = Date.parse(value(id));
    return Number.isNaN(time) ? null : time + more;
  };
  filters.relation = value('relation');
  filters.kind = value('kind');
  filters.words = Number(value('words')) || 0;
  filters.publisher = value('publisher');
  filters.from = day('from', 0);
  filters.to = day('to', kDay);
  graph.showAll(byId('f-indirect').checked);
};

const applyFilters = () => {
  readFilters();
  graph.filter();
  for (const table of Object.values(tables)) table.refresh();
  markRows();
  const edges = model.edges.filter(edgePasses).length;
  byId('filtered').textContent = edges === model.edges.length ? '' :
      grouped(edges) + ' of ' + counted(model.edges.length, 'pair');
};
byId('filters').addEventListener('input', applyFilters);
byId('filters').addEventListener('submit', (event) => event.preventDefault());
byId('filters').addEventListener('reset', () => setTimeout(applyFilters));

// --- search ---

const search = byId('search');
const found = byId('found');
const kMostFound = 20;
let searching = 0;

const listFound = () => {
  const docs = filters.query ? model.documents.filter(matches) : [];
  found.hidden = !filters.query;
  const items = docs.slice(0, kMostFound).map((doc) => make('li', {},
      make('a', {href: linkTo.doc(doc.number)}, name(doc.name), ' ',
           make('small', {}, name(doc.publisher || '')))));
  const rest = docs.length - items.length;
  found.replaceChildren(...items, ...(rest > 0 || !items.length ?
      [make('li', {class: 'soft'}, items.length ? 'and ' + grouped(rest) +
          ' more' : 'Nothing found')] : []));
};
search.addEventListener('input', () => {
  clearTimeout(searching);
  searching = setTimeout(() => {
    filters.query = search.value.trim().toLowerCase();
    listFound();
    applyFilters();
  }, 120);
});
const focusFound = (step) => {
  const links = [...found.querySelectorAll('a')];
  const next = links.indexOf(document.activeElement) + step;
  (links[next] || search).focus();
};
search.parentElement.addEventListener('keydown', (event) => {
  if (event.key === 'ArrowDown') focusFound(1);
  else if (event.key === 'ArrowUp') focusFound(-1);
  else if (event.key === 'Enter' && event.target === search) {
    const first = found.querySelector('a');
    if (first) first.click();
  } else return;
  event.preventDefault();
});
found.addEventListener('click', () => { found.hidden = true; });
search.addEventListener('focus', () => { found.hidden = !filters.query; });
document.addEventListener('pointerdown', (event) => {
  if (!search.parentElement.contains(event.target)) found.hidden = true;
});

// --- the address says what is selected ---

let selected = null;  // ['edge' | 'doc' | 'family', number]
let shownPassages = [];  // of a pair that is selected: their numbers
let chosenPassage = null;

let routed = null;  // the address that is shown

// At once: who holds a key down must not be shown what was there before.
const go = (hash) => {
  location.hash = hash;
  route();
};

const parseHash = () => {
  const [, kind, key] = /^#(edge|doc|family)=(.*)$/s.exec(location.hash) || [];
  if (kind === undefined) return null;
  const map = {edge: edgesByKey, doc: documentsByKey, family: familiesByName};
  return [kind, findByKey(map[kind](), key), key];
};

// A link may be older than the page, or name what the page has no room for.
const showMissing = ([kind, , key], steps) => {
  let wanted = key;
  try {
    wanted = decodeURIComponent(key);
  } catch (error) {  // a stray percent sign: as it stands
  }
  const noun = {edge: 'pair', doc: 'document', family: 'family'}[kind];
  const isCut = document.querySelector('#summary .left-out') !== null;
  detail.replaceChildren(
      make('header', {}, make('h2', {}, 'No such ' + noun + ' on this page'),
           steps),
      make('p', {class: 'facts', role: 'status'}, 'The link names ',
           name(wanted || 'nothing'), isCut ?
               ', which may be among what was left out.' : '.'));
};

const markRows = () => {
  for (const row of document.querySelectorAll('tr.on')) {
    row.classList.remove('on');
  }
  if (selected === null) return;
  const attribute = {edge: 'e', doc: 'd'}[selected[0]];
  const row = attribute && document.querySelector(
      'tr[data-' + attribute + '="' + selected[1] + '"]');
  if (row) row.classList.add('on');
};

const stepButtons = () => make('span', {class: 'steps'},
    make('button', {type: 'button', title: 'p',
                    on: {click: () => step(-1)}}, '\u2190 Pair'),
    make('button', {type: 'button', title: 'n',
                    on: {click: () => step(1)}}, 'Pair \u2192'),
    make('button', {type: 'button', title: 'Esc',
                    on: {click: () => go('#')}}, 'Close'));

const route = () => {
  routed = location.hash;
  const named = parseHash();
  selected = named !== null && named[1] !== null ? named.slice(0, 2) : null;
  shownPassages = [];
  chosenPassage = null;
  graph.select(selected);
  markRows();
  detail.hidden = named === null;
  if (named === null) return detail.replaceChildren();
  const [kind, number] = named;
  if (number === null) showMissing(named, stepButtons());
  else if (kind === 'edge') {
    shownPassages = showEdge(detail, model.edges[number], stepButtons());
  } else if (kind === 'doc') showDocument(detail, number, stepButtons());
  else showFamily(detail, number, stepButtons());
  const top = detail.getBoundingClientRect().top;
  if (top > innerHeight * 0.55 || top < 0) {
    const way = matchMedia('(prefers-reduced-motion: reduce)').matches ?
        'auto' : 'smooth';
    scrollTo({top: scrollY + top - innerHeight * 0.06, behavior: way});
  }
};
window.addEventListener('hashchange', () => {
  if (location.hash !== routed) route();
});

// The pairs that are to be seen, in the order of their table.
const stepOrder = () => tables.pairs ? tables.pairs.sorted :
    model.edges.filter(edgePasses);
const step = (way) => {
  const order = stepOrder();
  if (!order.length) return;
  const now = selected && selected[0] === 'edge' ?
      order.indexOf(model.edges[selected[1]]) : -1;
  const next = now < 0 ? (way > 0 ? 0 : order.length - 1) :
      (now + way + order.length) % order.length;
  go(linkTo.edge(order[next].number));
};

const choosePassage = (number, from) => {
  chosenPassage = number;
  showPassage(detail, number, from);
};
const stepPassage = (way) => {
  const count = shownPassages.length;
  if (!count) return;
  const next = chosenPassage === null ? (way > 0 ? 0 : count - 1) :
      (shownPassages.indexOf(chosenPassage) + way + count) % count;
  choosePassage(shownPassages[next], null);
};
detail.addEventListener('click', (event) => {
  const element = event.target.closest('[data-p]');
  if (element === null || String(getSelection())) return;
  choosePassage(Number(element.dataset.p.split(' ')[0]),
                element.closest('.text') ? element : null);
});

const kKeys = {
  n: () => step(1), p: () => step(-1),
  j: () => stepPassage(1), k: () => stepPassage(-1),
  '/': () => search.focus(),
};
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Escape') {
    if (!found.hidden) {
      found.hidden = true;
      search.focus();
    } else if (search.value) {
      search.value = '';
      search.dispatchEvent(new Event('input'));
    } else {
      go('#');
    }
    return;
  }
  if (event.target.matches('input, select') || !(event.key in kKeys)) return;
  event.preventDefault();
  kKeys[event.key]();
});

// --- print ---

const kMostPrinted = 2000;
window.addEventListener('beforeprint', () => {
  for (const view of ['families', 'pairs', 'documents', 'publishers']) {
    prepareView(view);
    tables[view].addRows(kMostPrinted);
  }
  canvas.whole();
});
window.addEventListener('afterprint', () => canvas.apply());

byId('filter-box').open = matchMedia('(min-width: 46.01rem)').matches;
canvas.start();
applyFilters();
route();
