// Two texts side by side, with a colour a passage.

const kColors = 8;
const kMostAtOnePlace = 20;  // passages that a mark tells of
const kDirections = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

// A side's borders, in order: where passages and what differs in them begin
// and end. `at` and `differs` have a's begin and end, then b's.
const findBorders = (passages, side) => {
  const borders = [];
  passages.forEach((passage) => {
    const [begin, end] = passage.at.slice(2 * side, 2 * side + 2);
    borders.push({at: begin, order: 3, kind: 'begin', passage: passage.number});
    borders.push({at: end, order: 0, kind: 'end', passage: passage.number});
    for (let d = 0; d < passage.differs.length; d += 4) {
      const from = passage.differs[d + 2 * side];
      const to = passage.differs[d + 2 * side + 1];
      if (from === to) {
        borders.push({at: from, order: 2, kind: 'nothing'});
      } else {
        borders.push({at: from, order: 4, kind: 'differs'});
        borders.push({at: to, order: 1, kind: 'equal'});
      }
    }
  });
  return borders.sort((x, y) => x.at - y.at || x.order - y.order);
};

const stretch = (text, state, onlyClass) => {
  const words = shown(text);
  const contained = kDirections.test(text) ? ' contained' : '';
  if (state.passages.length === 0) {
    if (words.trim() === '') return document.createTextNode(words);
    return make('span', {class: 'only ' + onlyClass + contained}, words);
  }
  const [first, second] = state.passages;
  const inner = state.differing > 0 ? make('span', {class: 'e'}, words) : words;
  return make('mark', {
    'data-p': state.passages.slice(0, kMostAtOnePlace).join(' '),
    class: 'p' + first % kColors + contained +
        (second === undefined ? '' : ' many q' + second % kColors),
  }, inner);
};

// The nodes of the parts of a text. Every stretch between two borders is an
// element of its own, so that passages may overlap as they like.
const markedText = (text, excerpt, side, onlyClass) => {
  const parts = excerpt.parts[side];
  const nodes = [];
  const state = {passages: [], differing: 0};
  let written = 0;
  let part = 0;
  const writeTo = (end) => {
    while (written < end) {
      const [from, to] = parts[part] || [text.length, text.length];
      if (written < from) {
        nodes.push(gap(from - written));
        written = from;
      } else if (written === to) {
        ++part;
      } else {
        const until = Math.min(end, to);
        nodes.push(stretch(text.slice(written, until), state, onlyClass));
        written = until;
      }
    }
  };
  for (const border of findBorders(excerpt.passages, side)) {
    writeTo(border.at);
    if (border.kind === 'begin') {
      state.passages.push(border.passage);
      nodes.push(make('button', {
        type: 'button', class: 'n p' + border.passage % kColors,
        'data-p': border.passage, 'data-anchor': border.passage,
        'aria-label': 'passage ' + (border.passage + 1),
      }, String(border.passage + 1)));
    } else if (border.kind === 'end') {
      state.passages.splice(state.passages.indexOf(border.passage), 1);
    } else if (border.kind === 'nothing') {
      if (border.at === written) nodes.push(make('span', {class: 'z'}));
    } else {
      state.differing += border.kind === 'differs' ? 1 : -1;
    }
  }
  writeTo(text.length);
  return nodes;
};

const sheet = (edge, excerpt, number) => {
  const doc = model.documents[number];
  const side = number === edge.a ? 0 : 1;
  const isSource = number === leftOf(edge);
  const role = !isDecided(edge) ? 'only' : isSource ? 'cut' : 'added';
  const facts = [doc.publisher, doc.when || (model.usedDates ? 'no date' : ''),
                 counted(doc.words, 'word'),
                 percent(edge.coverage[side]) + ' in common'];
  return make('article', {},
      make('header', {},
          make('h3', {}, side === 0 ? 'A  ' : 'B  ', documentLink(number),
               isDecided(edge) ? make('small', {},
                   isSource ? '  the source' : '  the copy') : ''),
          make('p', {}, ...facts.filter(Boolean)
              .flatMap((fact, i) => [i ? ' \u00b7 ' : '', name(fact)]))),
      make('div', {class: 'text', dir: 'auto', lang: '', tabindex: '0',
                   role: 'region', 'data-side': side ? 'b' : 'a',
                   'aria-label': side ? 'text B' : 'text A'},
           ...markedText(textsOf()[number], excerpt, side, role)));
};

// Lets one text follow the other: to where the same passage begins, and as far
// behind that as the reader is.
const scrollTogether = (sheets, toggle) => {
  const panes = [...sheets.querySelectorAll('.text')];
  let leader = null;
  const follow = (pane) => {
    const other = panes[1 - panes.indexOf(pane)];
    const y = pane.scrollTop + pane.clientHeight / 4;
    const anchors = [...pane.querySelectorAll('[data-anchor]')];
    let anchor = null;
    for (const candidate of anchors) {
      if (candidate.offsetTop <= y || anchor === null) anchor = candidate;
    }
    if (anchor === null) {
      const share = pane.scrollTop /
          Math.max(1, pane.scrollHeight - pane.clientHeight);
      other.scrollTop = share * (other.scrollHeight - other.clientHeight);
      return;
    }
    const twin = other.querySelector(
        '[data-anchor="' + anchor.dataset.anchor + '"]');
    other.scrollTop = twin.offsetTop + pane.scrollTop - anchor.offsetTop;
  };
  for (const pane of panes) {
    for (const event of ['pointerenter', 'wheel', 'touchstart', 'focus',
                         'keydown']) {
      pane.addEventListener(event, () => { leader = pane; }, {passive: true});
    }
    pane.addEventListener('scroll', () => {
      if (leader === pane && toggle.checked) follow(pane);
    }, {passive: true});
  }
};

// Marks a passage, and takes both texts to it; from within one of them, the
// other one alone, to the same height.
const showPassage = (detail, number, from) => {
  for (const element of detail.querySelectorAll('.on')) {
    element.classList.remove('on');
  }
  for (const element of detail.querySelectorAll('[data-p]')) {
    if (element.dataset.p.split(' ').includes(String(number))) {
      element.classList.add('on');
    }
  }
  const panes = [...detail.querySelectorAll('.text')];
  const own = from && from.closest('.text');
  const height = own ? from.offsetTop - own.scrollTop : 30;
  for (const pane of panes) {
    if (pane === own) continue;
    const anchor = pane.querySelector('[data-anchor="' + number + '"]');
    pane.scrollTop = anchor.offsetTop -
        Math.max(8, Math.min(height, pane.clientHeight / 2));
  }
};
