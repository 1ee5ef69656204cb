// Why a pair's verdict is what it is: the evidence and its sum.

// Whether it speaks for a third text that both go back to, and not for one of
// the two.
const isForThird = (pair) =>
    pair.evidence.some(([feature]) => feature === 'common_source');

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

const evidenceRow = (most, aIsLeft, names, isThird) =>
  ([feature, weight, detail, prior]) => make('tr', {},
      make('td', {class: 'feature'},
           kEvidenceNames[feature] || shown(feature), ' ',
           make('code', {}, shown(feature)),
           prior ? [' ', make('span', {class: 'tag'}, 'prior')] : ''),
      make('td', {class: 'detail'}, ...detailInWords(detail, names)),
      make('td', {class: 'bar-cell'},
           evidenceBar((weight > 0) === aIsLeft, weight, most),
           make('small', {class: 'speaks'}, 'for ',
                isThird ? 'a third text' : name(names[weight > 0 ? 0 : 1]))),
      make('td', {class: 'weight number'}, signed(weight)));

const evidenceHead = (pair, aIsLeft) => make('tr', {},
    make('th', {scope: 'col'}, 'Evidence'),
    make('th', {scope: 'col'}, 'What was seen'),
    isForThird(pair) ? make('th', {scope: 'col'}, '\u2190 a third text') :
        make('th', {scope: 'col'}, make('span', {class: 'sides'},
            make('span', {}, '\u2190 ' + (aIsLeft ? 'A' : 'B')),
            make('span', {}, (aIsLeft ? 'B' : 'A') + ' \u2192'))),
    make('th', {scope: 'col', class: 'number'}, 'Weight'));

const evidenceCard = (edge, pair) => {
  const names = namesOfPair(edge);
  const isThird = isForThird(pair);
  const aIsLeft = isThird || leftOf(edge) === edge.a;
  const most = Math.max(1, ...pair.evidence.map((row) => Math.abs(row[1])));
  const sum = pair.evidence.reduce((total, row) => total + row[1], 0);
  const rows = pair.evidence.map(
      evidenceRow(most, aIsLeft, names, isThird));
  return [
    make('p', {class: 'facts'}, ...(isThird ?
        ['Weights above 0 speak for a third text that both go back to.'] :
        ['Weights above 0 speak for A (', name(names[0]),
         ') as the source, those below for B (', name(names[1]), ').'])),
    make('div', {class: 'card', tabindex: '0', role: 'region',
                 'aria-label': 'Evidence'},
        make('table', {},
            make('thead', {}, evidenceHead(pair, aIsLeft)),
            make('tbody', {}, ...(rows.length ? rows : [make('tr', {},
                make('td', {colspan: '4'}, 'None.'))])),
            make('tfoot', {}, make('tr', {},
                make('td', {class: 'feature'}, 'Sum'),
                make('td', {class: 'detail'}, isThird ?
                    'log-odds that neither was made from the other' :
                    'log-odds that A is the source'),
                make('td', {class: 'bar-cell'}),
                make('td', {class: 'weight number', id: 'sum'},
                     signed(sum)))))),
    sumInWords(edge, pair, sum),
    isThird ? '' : parentNote(edge),
  ];
};

// The graph may draw an arrow between two of whom their texts alone do not
// tell who was first: it comes from the family, and has a confidence of its
// own.
const parentNote = (edge) => {
  for (const [copy, source] of [[edge.a, edge.b], [edge.b, edge.a]]) {
    const doc = model.documents[copy];
    const parents = doc.parents || [];
    const place = parents.findIndex(([number]) => number === source);
    if (place < 0) continue;
    const likely = make('output', {}, confidence(parents[place][1]));
    const [to, from] = [doc, model.documents[source]].map(
        (document) => name(document.name));
    const arrow = isDecided(edge) ?
        'The graph\u2019s arrow has a confidence of its own' :
        'The graph draws an arrow all the same';
    return make('p', {class: 'sum parent'}, arrow,
        ', for it judges by all texts of the family. ', ...(place > 0 ?
            ['Besides what it was made from first, ', to, ' is likely to ' +
                'have words from ', from] :
            ['Of them all, ', from, ' is the likeliest that ', to,
             ' was made from']),
        ': confidence ', likely, '. The evidence above is of these two alone.');
  }
  return '';
};

const sumInWords = (edge, pair, sum) => {
  const isThird = isForThird(pair);
  const power = isThird ? sum : Math.abs(sum);
  const likely = 1 / (1 + Math.exp(-power));
  const out = make('p', {class: 'sum'},
      '1 / (1 + e', make('sup', {}, signed(-power)), ') = ',
      make('output', {}, likely.toFixed(likely > 0.999 ? 5 : 3)),
      isThird ? ' for a third text. ' : ' for ' + (sum >= 0 ? 'A. ' : 'B. '));
  if (hasNoDirection(edge) && !isThird) {
    out.append('No verdict: neither need have copied from the other.');
  } else if (!isDecided(edge) && !isThird) {
    out.append('That is not enough for a verdict: undecided.');
  } else if (Math.abs(likely - edge.confidence) < 0.006) {
    out.append(isThird ? 'That is the confidence that both go back to it.' :
        'That is the confidence of the verdict.');
  } else {
    out.append('The confidence of the verdict is ',
        make('output', {}, edge.confidence.toFixed(3)),
        ': how often verdicts with such a sum have been right.');
  }
  return out;
};
