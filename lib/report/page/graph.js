// Zoom, movement and selection of the graph, which is drawn already.

const graph = (() => {
  const svg = byId('graph');
  const [, , fullWidth, fullHeight] =
      svg.getAttribute('viewBox').split(' ').map(Number);
  const nodes = [...svg.querySelectorAll('.node')];
  const arrows = [...svg.querySelectorAll('.arrow')];
  const arrowOfEdge = new Map(arrows.map(
      (arrow) => [Number(arrow.dataset.e), arrow]));
  const view = {x: 0, y: 0, scale: 1};  // scale: pixels for a unit
  const kMargin = 8;
  const kFar = 0.45;
  const kLeastScale = 0.02;
  const kMostScale = 4;

  const apply = () => {
    const {width, height} = svg.getBoundingClientRect();
    if (!width) return;
    const w = width / view.scale;
    const h = height / view.scale;
    view.x = Math.max(-w / 2, Math.min(view.x, fullWidth - w / 2));
    view.y = Math.max(-h / 2, Math.min(view.y, fullHeight - h / 2));
    svg.setAttribute('viewBox', [view.x, view.y, w, h].join(' '));
    svg.classList.toggle('far', view.scale < kFar);
  };
  const zoom = (factor, clientX, clientY) => {
    const box = svg.getBoundingClientRect();
    const px = clientX === undefined ? box.width / 2 : clientX - box.left;
    const py = clientY === undefined ? box.height / 2 : clientY - box.top;
    const next = Math.max(kLeastScale,
                          Math.min(kMostScale, view.scale * factor));
    view.x += px / view.scale - px / next;
    view.y += py / view.scale - py / next;
    view.scale = next;
    apply();
  };
  const fitAll = () => {
    const {width, height} = svg.getBoundingClientRect();
    view.scale = Math.min(width / (fullWidth + 2 * kMargin),
                          height / (fullHeight + 2 * kMargin), 1.4);
    view.x = (fullWidth - width / view.scale) / 2;
    view.y = (fullHeight - height / view.scale) / 2;
    apply();
  };
  // At first: the whole width where that can be read, else the beginning.
  const kReadable = 0.78;
  const start = () => {
    const {width} = svg.getBoundingClientRect();
    view.scale = Math.min(1.25, Math.max(kReadable,
                                         width / (fullWidth + 2 * kMargin)));
    const needed = (fullHeight + 2 * kMargin) * view.scale;
    const most = Math.max(320, innerHeight * 0.85);
    if (needed < most) svg.style.height = Math.max(220, needed) + 'px';
    view.x = -kMargin;
    view.y = -kMargin;
    apply();
  };
  const within = (start, most) =>
      Math.max(-kMargin, Math.min(start, most + kMargin));
  const reveal = (element) => {
    const box = element.getBBox();
    const {width, height} = svg.getBoundingClientRect();
    const [w, h] = [width / view.scale, height / view.scale];
    if (box.x >= view.x && box.y >= view.y &&
        box.x + box.width <= view.x + w && box.y + box.height <= view.y + h) {
      return;
    }
    view.x = box.x + box.width / 2 - w / 2;
    view.y = box.y + box.height / 2 - h / 2;
    if (box.width > w) view.x = box.x - kMargin;
    if (box.height > h) view.y = box.y - kMargin;
    view.x = within(view.x, fullWidth - w);
    view.y = within(view.y, fullHeight - h);
    apply();
  };

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

  // --- pointers and keys ---

  const pointers = new Map();
  let moved = 0;
  svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    pointers.set(event.pointerId, [event.clientX, event.clientY]);
    if (pointers.size === 1) moved = 0;
  });
  svg.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    if (before === undefined) return;
    const now = [event.clientX, event.clientY];
    const dx = now[0] - before[0];
    const dy = now[1] - before[1];
    moved += Math.abs(dx) + Math.abs(dy);
    if (moved < 5) return;
    if (!svg.hasPointerCapture(event.pointerId)) {
      svg.setPointerCapture(event.pointerId);
    }
    svg.classList.add('dragged');
    const other = [...pointers].find(([id]) => id !== event.pointerId);
    pointers.set(event.pointerId, now);
    if (other === undefined) {
      view.x -= dx / view.scale;
      view.y -= dy / view.scale;
      return apply();
    }
    const [, at] = other;
    const distance = (p) => Math.max(1, Math.hypot(p[0] - at[0], p[1] - at[1]));
    zoom(distance(now) / distance(before), (now[0] + at[0]) / 2,
         (now[1] + at[1]) / 2);
  });
  for (const name of ['pointerup', 'pointercancel']) {
    svg.addEventListener(name, (event) => {
      pointers.delete(event.pointerId);
      svg.classList.remove('dragged');
    });
  }
  svg.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
  }, {passive: false});

  const open = (element) => {
    const {e, d, f} = element.dataset;
    if (e !== undefined) go(linkTo.edge(Number(e)));
    else if (d !== undefined) go(linkTo.doc(Number(d)));
    else if (f !== undefined) go(linkTo.family(Number(f.split(' ')[0])));
  };
  svg.addEventListener('click', (event) => {
    if (moved >= 5) return;
    const element = event.target.closest('[data-e], [data-d], [data-f]');
    if (element) open(element);
  });
  svg.addEventListener('dblclick', (event) => {
    if (!event.target.closest('[data-e], [data-d]')) {
      zoom(1.6, event.clientX, event.clientY);
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
      zoom(1.3);
    } else if (event.key === '-') {
      zoom(1 / 1.3);
    } else if (event.key === '0') {
      fitAll();
    } else {
      return;
    }
    event.preventDefault();
  });
  byId('zoom-in').addEventListener('click', () => zoom(1.3));
  byId('zoom-out').addEventListener('click', () => zoom(1 / 1.3));
  byId('zoom-fit').addEventListener('click', fitAll);
  window.addEventListener('resize', apply);

  // Paper shows all of it.
  const whole = () => svg.setAttribute('viewBox', [-4, -4, fullWidth + 8,
                                                   fullHeight + 8].join(' '));
  return {start, select, filter, whole, apply, showAll};
})();
