// As much of a pair as a page can show: every passage takes elements in both
// texts, the table and the plot.

const kMostPassages = 1000;
const kMostDifferences = 5000;   // of all passages
const kMostCharacters = 200000;  // of a text
const kMostOfPassages = 0.75;    // the share of these; the rest is around them

// The longest that fit into both texts, by their places; how much of either
// text they take. `rooms` are infinite where a text is shown as a whole.
const choosePassages = (passages, rooms) => {
  const used = [0, 0];
  const chosen = [];
  const order = passages.map((passage, number) => number)
      .sort((x, y) => passages[y].words - passages[x].words || x - y);
  for (const number of order) {
    if (chosen.length === kMostPassages) break;
    const [a0, a1, b0, b1] = passages[number].at;
    const sizes = [a1 - a0, b1 - b0];
    const fits = sizes.every((size, side) => used[side] + size <= rooms[side]);
    if (!fits && chosen.length) continue;
    chosen.push(number);
    sizes.forEach((size, side) => {
      used[side] += Math.min(size, rooms[side]);
    });
  }
  return {chosen: chosen.sort((x, y) => x - y), used};
};

// Not between the two units of one character.
const borderAt = (text, at) => {
  const place = Math.max(0, Math.min(text.length, at));
  return /[\udc00-\udfff]/.test(text.charAt(place)) ? place - 1 : place;
};

// What is shown of a text: [begin, end] by [begin, end]. Passages, cut off
// where a single one is too long, with as much around each as there is room
// for.
const partsOf = (text, spans, used) => {
  if (text.length <= kMostCharacters) return [[0, text.length]];
  if (!spans.length) return [[0, borderAt(text, kMostCharacters)]];
  const around = Math.floor(
      (kMostCharacters - used) / (2 * spans.length));
  const parts = [];
  for (const [begin, end] of [...spans].sort((x, y) => x[0] - y[0])) {
    const from = borderAt(text, begin - around);
    const to = borderAt(text, Math.min(end, begin + used) + around);
    const last = parts[parts.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else parts.push([from, to]);
  }
  return parts;
};

// `passages` with their numbers, `parts` of both texts, and how much of what is
// left out.
const excerptOf = (pair, texts) => {
  const rooms = texts.map((text) => text.length <= kMostCharacters ? Infinity :
      kMostCharacters * kMostOfPassages);
  const {chosen, used} = choosePassages(pair.passages, rooms);
  let differences = 4 * kMostDifferences;
  const passages = chosen.map((number) => {
    const passage = pair.passages[number];
    const differs = passage.differs.slice(0, differences);
    differences -= differs.length;
    return {...passage, number, differs};
  });
  const parts = texts.map((text, side) => partsOf(text, passages.map(
      ({at}) => at.slice(2 * side, 2 * side + 2)), used[side]));
  const cutsDifferences = passages.some(({number, differs}) =>
      differs.length < pair.passages[number].differs.length);
  return {passages, parts, cutsDifferences};
};

const leftOutOf = (edge, pair, excerpt) => {
  const lines = [];
  const shownPassages = excerpt.passages.length;
  if (shownPassages < pair.passages.length) {
    lines.push('Of ' + counted(pair.passages.length, 'passage') +
        ' only the longest ' + grouped(shownPassages) +
        ' are marked, listed and plotted.');
  }
  excerpt.parts.forEach((parts, side) => {
    const {length} = textsOf()[side === 0 ? edge.a : edge.b];
    const shownLength = parts.reduce((sum, [from, to]) => sum + to - from, 0);
    if (shownLength === length) return;
    lines.push('Of text ' + 'AB'[side] + ', ' + grouped(shownLength) + ' of ' +
        counted(length, 'character') + ' are shown: passages and what stands '
        + 'around them.');
  });
  if (excerpt.cutsDifferences) {
    lines.push('What differs within passages is marked in the first ' +
        grouped(kMostDifferences) + ' places.');
  }
  return lines.length ? make('p', {class: 'left-out'},
      'Too much to be shown as a whole. ' + lines.join(' ')) : '';
};

// In place of what is left out of a text.
const gap = (length) => make('span', {class: 'gap'},
    '\u2026 ' + counted(length, 'character') + ' left out \u2026');
