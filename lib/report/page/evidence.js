// Why a pair's verdict is what it is: the evidence and its sum, and where the
// passages stand in both texts.

// To the left for the text that stands there, to the right for the other.
const evidenceBar = (toLeft, weight, most) => {
  const half = 72;
  const length = Math.max(1.5, Math.abs(weight) / most * (half - 2));
  return draw('svg', {viewBox: '0 0 144 16', 'aria-hidden': 'true'},
      draw('line', {class: 'axis', x1: half, x2: half, y1: 0, y2: 16}),
      draw('rect', {class: toLeft ? 'for' : 'against', y: 4, height: 8,
                    rx: 2, width: length,
                    x: toLeft ? half - length : half}));
};

const evidenceCard = (edge, pair) => {
  const names = [edge.a, edge.b].map((n) => name(model.documents[n].name));
  const aIsLeft = leftOf(edge) === edge.a;
  const most = Math.max(1, ...pair.evidence.map((row) => Math.abs(row[1])));
  const sum = pair.evidence.reduce((total, row) => total + row[1], 0);
  const rows = pair.evidence.map(([feature, weight, detail, prior]) =>
      make('tr', {},
          make('td', {class: 'feature'}, shown(feature),
               prior ? [' ', make('span', {class: 'tag'}, 'prior')] : ''),
          make('td', {class: 'detail'}, shown(detail)),
          make('td', {class: 'bar-cell'},
               evidenceBar((weight > 0) === aIsLeft, weight, most)),
          make('td', {class: 'weight number'}, signed(weight))));
  return [
    make('p', {class: 'facts'}, 'Weights above 0 speak for A (', names[0],
         ') as the source, those below for B (', names[1], ').'),
    make('div', {class: 'card', tabindex: '0', role: 'region',
                 'aria-label': 'Evidence'},
        make('table', {},
            make('thead', {}, make('tr', {},
                make('th', {scope: 'col'}, 'Evidence'),
                make('th', {scope: 'col'}, 'What was seen'),
                make('th', {scope: 'col'}, make('span', {class: 'sides'},
                    make('span', {}, '\u2190 ' + (aIsLeft ? 'A' : 'B')),
                    make('span', {}, (aIsLeft ? 'B' : 'A') + ' \u2192'))),
                make('th', {scope: 'col', class: 'number'}, 'Weight'))),
            make('tbody', {}, ...(rows.length ? rows : [make('tr', {},
                make('td', {colspan: '4'}, 'None.'))])),
            make('tfoot', {}, make('tr', {},
                make('td', {class: 'feature'}, 'Sum'),
                make('td', {class: 'detail'}, 'log-odds that A is the source'),
                make('td', {class: 'bar-cell'}),
                make('td', {class: 'weight number', id: 'sum'},
                     signed(sum)))))),
    sumInWords(edge, sum),
  ];
};

const sumInWords = (edge, sum) => {
  const likely = 1 / (1 + Math.exp(-Math.abs(sum)));
  const winner = sum >= 0 ? 'A' : 'B';
  const out = make('p', {class: 'sum'},
      '1 / (1 + e', make('sup', {}, '\u2212' + Math.abs(sum).toFixed(2)),
      ') = ',
      make('output', {}, likely.toFixed(likely > 0.999 ? 5 : 3)), ' for ',
      winner, '. ');
  if (hasNoDirection(edge)) {
    out.append('No verdict: neither need have copied from the other.');
  } else if (!isDecided(edge)) {
    out.append('That is not enough for a verdict: undecided.');
  } else if (Math.abs(likely - edge.confidence) < 0.006) {
    out.append('That is the confidence of the verdict.');
  } else {
    out.append('The confidence of the verdict is ',
        make('output', {}, edge.confidence.toFixed(3)),
        ': how often verdicts with such a sum have been right.');
  }
  return out;
};

const kPlotSize = 230;
const kPlotMargin = 16;

const dotPlot = (edge, pair) => {
  const lengths = [edge.a, edge.b].map((n) =>
      Math.max(1, textsOf()[n].length));
  const place = (side, at) => kPlotMargin + at / lengths[side] * kPlotSize;
  const runs = pair.passages.flatMap((passage, i) => {
    const [a0, a1, b0, b1] = passage.at;
    const line = {x1: place(0, a0), x2: place(0, a1), y1: place(1, b0),
                  y2: place(1, b1)};
    return [draw('line', {...line, class: 'run p' + i % kColors, 'data-p': i}),
            draw('line', {...line, class: 'core'})];
  });
  const end = kPlotMargin + kPlotSize;
  return make('figure', {class: 'plot'},
      draw('svg', {viewBox: '0 0 ' + (end + 4) + ' ' + (end + 4), role: 'img',
                   'aria-label': 'Where the passages stand in both texts'},
          draw('rect', {class: 'frame', x: kPlotMargin, y: kPlotMargin,
                        width: kPlotSize, height: kPlotSize}),
          draw('text', {x: kPlotMargin, y: 11}, 'A \u2192'),
          draw('text', {x: 1, y: kPlotMargin + 10}, 'B'),
          draw('text', {x: 1, y: kPlotMargin + 22}, '\u2193'), ...runs),
      make('figcaption', {}, 'Passages by their places: A from left to right, '
          + 'B from top to bottom. One straight line: nothing was moved.'));
};

const passageTable = (pair) => make('div', {class: 'table'},
    make('table', {},
        make('thead', {}, make('tr', {}, ...['Passage', 'Words', 'Edits',
            'Identity', 'Kind', 'In A', 'In B'].map((head, i) =>
            make('th', {scope: 'col',
                        class: i > 0 && i < 4 ? 'number' : null}, head)))),
        make('tbody', {}, ...pair.passages.map((passage, i) =>
            make('tr', {},
                make('td', {}, make('button', {type: 'button',
                    class: 'n p' + i % kColors, 'data-p': i}, String(i + 1))),
                make('td', {class: 'number'}, grouped(passage.words)),
                make('td', {class: 'number'}, grouped(passage.edits)),
                make('td', {class: 'number'}, passage.identity.toFixed(3)),
                make('td', {class: 'nowrap'}, passage.kind),
                make('td', {class: 'nowrap'}, passage.places[0] + '\u2013' +
                    passage.places[1]),
                make('td', {class: 'nowrap'}, passage.places[2] + '\u2013' +
                    passage.places[3]))))));

const verdict = (edge) => {
  const [left, right] = [leftOf(edge), rightOf(edge)].map(documentLink);
  if (hasNoDirection(edge)) {
    return [left, ' and ', right, edge.relation === 'quotation' ?
        ' quote the same words' : ' go back to a common source'];
  }
  if (!isDecided(edge)) return ['Undecided: ', left, ' or ', right];
  return [right, ' has ', counted(edge.words, 'word'), ' from ', left];
};

// Fills the detail with a pair.
const showEdge = (detail, edge, steps) => {
  const pair = pairsOf()[edge.number];
  const toggle = make('input', {type: 'checkbox', checked: true});
  const sheets = make('div', {class: 'sheets'},
      sheet(edge, pair, leftOf(edge)), sheet(edge, pair, rightOf(edge)));
  const key = isDecided(edge) ?
      [make('span', {class: 'cut'}, 'cut: in the source only'),
       make('span', {class: 'added'}, 'added: in the copy only')] :
      [make('span', {class: 'only'}, 'grey: in one text only')];
  detail.replaceChildren(
      make('header', {}, make('h2', {}, ...verdict(edge)), steps),
      make('p', {class: 'facts'}, relationTag(edge), '  ',
          isDecided(edge) ?
              'confidence ' + confidence(edge.confidence) + ' \u00b7 ' :
          hasNoDirection(edge) ? '' :
              'the likelier direction has ' + confidence(edge.confidence) +
              ' \u00b7 ', counted(edge.words, 'word'), ' in common'),
      make('p', {class: 'keyline'}, ...key,
          make('span', {}, make('span', {class: 'e'}, 'dotted'),
               ': differs within a passage'),
          make('label', {}, toggle, 'scroll together')),
      sheets,
      make('div', {class: 'below'},
          make('div', {}, make('h3', {}, 'The evidence'),
               ...evidenceCard(edge, pair)),
          make('div', {}, make('h3', {}, 'Where the passages stand'),
               dotPlot(edge, pair))),
      make('h3', {}, 'The passages, places in ' + model.unit + 's'),
      passageTable(pair));
  scrollTogether(sheets, toggle);
};
