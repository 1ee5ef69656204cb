// What is selected, found and filtered out of the graph, which is drawn
// already, and its keys.

const graph = (() => {
  const {svg, reveal} = canvas;
  const nodes = [...svg.querySelectorAll('.node')];
  const arrows = [...svg.querySelectorAll('.arrow')];
  const arrowOfEdge = new Map(arrows.map(
      (arrow) => [Number(arrow.dataset.e), arrow]));
  // --- pairs beside the lines of descent: drawn when somebody asks ---

  const placeOf = (node) => {
    const dot = node.querySelector('circle');
    return [Number(dot.getAttribute('cx')), Number(dot.getAttribute('cy'))];
  };
  const drawIndirect = (edge) => {
    const [x1, y1] = placeOf(nodes[leftOf(edge)]);
    const [x2, y2] = placeOf(nodes[rightOf(edge)]);
    const bend = 14 + Math.hypot(x2 - x1, y2 - y1) / 8;
    const path = ['M', x1, y1, 'Q', (x1 + x2) / 2 + bend,
                  (y1 + y2) / 2 - bend, x2, y2].join(' ');
    const arrow = draw('g', {
      class: 'arrow indirect ' + edge.relation + (isDecided(edge) ||
          hasNoDirection(edge) ? '' : ' undecided'),
      'data-e': edge.number, 'data-from': leftOf(edge),
      'data-to': rightOf(edge)},
        draw('path', {class: 'hit', d: path}),
        draw('path', {class: 'line', d: path, 'stroke-width': 1.5}));
    svg.insertBefore(arrow, nodes[0]);
    arrows.push(arrow);
    arrowOfEdge.set(edge.number, arrow);
    return arrow;
  };
  const arrowOf = (number) =>
      arrowOfEdge.get(number) || drawIndirect(model.edges[number]);
  const showAll = (all) => {
    if (all) model.edges.forEach((edge) => arrowOf(edge.number));
    svg.classList.toggle('all', all);
  };

  // --- what is selected, found, filtered out ---

  const clear = () => {
    for (const element of svg.querySelectorAll('.on, .near')) {
      element.classList.remove('on', 'near');
    }
    svg.classList.remove('busy');
  };
  const mark = (arrow, name) => {
    arrow.classList.add(name);
    for (const end of [arrow.dataset.from, arrow.dataset.to]) {
      nodes[end].classList.add(name);
    }
  };
  const select = (what) => {
    clear();
    if (what === null) return;
    const [kind, number] = what;
    if (kind === 'family') {
      const panel = svg.querySelector('.panel[data-f~="' + number + '"]');
      if (panel === null) return;
      panel.classList.add('on');
      return reveal(panel);
    }
    svg.classList.add('busy');
    if (kind === 'edge') {
      const arrow = arrowOf(number);
      mark(arrow, 'on');
      return reveal(arrow);
    }
    for (const arrow of arrows) {
      const {from, to} = arrow.dataset;
      const touches = Number(from) === number || Number(to) === number;
      if (touches && !arrow.classList.contains('indirect')) mark(arrow, 'near');
    }
    nodes[number].classList.add('on');
    reveal(nodes[number]);
  };
  const filter = () => {
    const outside = new Set();
    nodes.forEach((node, place) => {
      const doc = model.documents[place];
      const out = Boolean(doc) && !documentPasses(doc);
      node.classList.toggle('out', out);
      node.classList.toggle('match',
                            Boolean(doc && filters.query && matches(doc)));
      if (out) outside.add(String(place));
    });
    for (const arrow of arrows) {
      const edge = model.edges[arrow.dataset.e];
      const {from, to} = arrow.dataset;
      arrow.classList.toggle('out', outside.has(from) || outside.has(to) ||
          Boolean(edge && !edgePasses(edge)));
    }
  };

  // --- clicks and keys ---

  const open = (element) => {
    const {e, d, f} = element.dataset;
    if (e !== undefined) go(linkTo.edge(Number(e)));
    else if (d !== undefined) go(linkTo.doc(Number(d)));
    else if (f !== undefined) go(linkTo.family(Number(f.split(' ')[0])));
  };
  svg.addEventListener('click', (event) => {
    if (canvas.wasDragged()) return;
    const element = event.target.closest('[data-e], [data-d], [data-f]');
    if (element) open(element);
  });
  svg.addEventListener('dblclick', (event) => {
    if (!event.target.closest('[data-e], [data-d]')) {
      canvas.zoom(1.6, event.clientX, event.clientY);
    }
  });

  // One stop for the tabulator; from there arrow keys go on.
  const focusable = nodes.filter((node) => node.dataset.d !== undefined);
  focusable.forEach((node, i) => {
    node.setAttribute('tabindex', i === 0 ? '0' : '-1');
    node.setAttribute('role', 'button');
  });
  const nextTo = (node, [wayX, wayY]) => {
    const [x, y] = placeOf(node);
    let best = null;
    let least = Infinity;
    for (const candidate of focusable) {
      if (candidate.classList.contains('out')) continue;
      const [cx, cy] = placeOf(candidate);
      const along = (cx - x) * wayX + (cy - y) * wayY;
      const aside = Math.abs((cx - x) * wayY) + Math.abs((cy - y) * wayX);
      const cost = along + 3 * aside;
      if (along > 0.5 && cost < least) {
        least = cost;
        best = candidate;
      }
    }
    return best;
  };
  const kWays = {ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1],
                 ArrowUp: [0, -1]};
  svg.addEventListener('keydown', (event) => {
    const node = event.target.closest('.node');
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in kWays && node) {
      const next = nextTo(node, kWays[event.key]);
      if (next) {
        node.setAttribute('tabindex', '-1');
        next.setAttribute('tabindex', '0');
        next.focus({preventScroll: true});
        reveal(next);
      }
    } else if ((event.key === 'Enter' || event.key === ' ') && node) {
      open(node);
    } else if (event.key === '+' || event.key === '=') {
      canvas.zoom(1.3);
    } else if (event.key === '-') {
      canvas.zoom(1 / 1.3);
    } else if (event.key === '0') {
      canvas.fitAll();
    } else {
      return;
    }
    event.preventDefault();
  });
  return {select, filter, showAll};
})();
