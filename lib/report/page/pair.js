// A pair in the detail: both texts, the evidence, where the passages stand.

const kPlotSize = 230;
const kPlotMargin = 16;

const dotPlot = (edge, passages) => {
  const lengths = [edge.a, edge.b].map((n) =>
      Math.max(1, textsOf()[n].length));
  const place = (side, at) => kPlotMargin + at / lengths[side] * kPlotSize;
  const runs = passages.flatMap(({at: [a0, a1, b0, b1], number}) => {
    const line = {x1: place(0, a0), x2: place(0, a1), y1: place(1, b0),
                  y2: place(1, b1)};
    return [draw('line', {...line, class: 'run p' + number % kColors,
                          'data-p': number}),
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

const passageTable = (passages) => make('div', {class: 'table'},
    make('table', {},
        make('thead', {}, make('tr', {}, ...['Passage', 'Words', 'Edits',
            'Identity', 'Kind', 'In A', 'In B'].map((head, i) =>
            make('th', {scope: 'col',
                        class: i > 0 && i < 4 ? 'number' : null}, head)))),
        make('tbody', {}, ...passages.map((passage) =>
            make('tr', {},
                make('td', {}, make('button', {type: 'button',
                    class: 'n p' + passage.number % kColors,
                    'data-p': passage.number}, String(passage.number + 1))),
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
  return [right, ' has ', counted(edge.words, 'word'), ' from ', left,
          isRoundabout(edge) ? ', by way of a third text' : ''];
};

// Fills the detail with a pair; the numbers of the passages that are shown.
const showEdge = (detail, edge, steps) => {
  const pair = pairsOf()[edge.number];
  const excerpt = excerptOf(pair, [edge.a, edge.b].map((n) => textsOf()[n]));
  const toggle = make('input', {type: 'checkbox', checked: true});
  const sheets = make('div', {class: 'sheets'},
      sheet(edge, excerpt, leftOf(edge)), sheet(edge, excerpt, rightOf(edge)));
  const key = isDecided(edge) ?
      [make('span', {class: 'cut'}, 'cut: in the source only'),
       make('span', {class: 'added'}, 'added: in the copy only')] :
      [make('span', {class: 'only'}, 'grey: in one text only')];
  detail.replaceChildren(
      make('header', {}, make('h2', {}, ...verdict(edge)), steps),
      make('p', {class: 'facts'}, relationTag(edge), '  ',
          hasVerdict(edge) ?
              'confidence ' + confidence(edge.confidence) + ' \u00b7 ' :
          hasNoDirection(edge) ? '' :
              'the likelier direction has ' + confidence(edge.confidence) +
              ' \u00b7 ', counted(edge.words, 'word'), ' in common'),
      leftOutOf(edge, pair, excerpt),
      make('p', {class: 'keyline'}, ...key,
          make('span', {}, make('span', {class: 'e'}, 'dotted'),
               ': differs within a passage'),
          make('label', {}, toggle, 'scroll together')),
      sheets,
      make('div', {class: 'below'},
          make('div', {}, make('h3', {}, 'The evidence'),
               ...evidenceCard(edge, pair)),
          make('div', {}, make('h3', {}, 'Where the passages stand'),
               dotPlot(edge, excerpt.passages))),
      make('h3', {}, 'The passages, places in ' + model.unit + 's'),
      passageTable(excerpt.passages));
  scrollTogether(sheets, toggle);
  return excerpt.passages.map((passage) => passage.number);
};
