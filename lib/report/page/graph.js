// Zoom, movement and selection of the graph, which is drawn already.

const graph = (() => {
  const svg = byId('graph');
  const [, , fullWidth, fullHeight] =
      svg.getAttribute('viewBox').split(' ').map(Number);
  const nodes = [...svg.querySelectorAll('.node')];
  const arrows = [...svg.querySelectorAll('.arrow')];
  const view = {x: 0, y: 0, scale: 1};  // scale: pixels for a unit
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
    const margin = 10;
    view.scale = Math.min(width / (fullWidth + 2 * margin),
                          height / (fullHeight + 2 * margin), 1.4);
    view.x = (fullWidth - width / view.scale) / 2;
    view.y = (fullHeight - height / view.scale) / 2;
    apply();
  };
  // At first: the whole width where that can be read, else the beginning.
  const kReadable = 0.78;
  const start = () => {
    const {width} = svg.getBoundingClientRect();
    const margin = 8;
    view.scale = Math.min(1.15, Math.max(kReadable,
                                         width / (fullWidth + 2 * margin)));
    const needed = (fullHeight + 2 * margin) * view.scale;
    const most = svg.getBoundingClientRect().height;
    if (needed < most) svg.style.height = Math.max(220, needed) + 'px';
    view.x = -margin;
    view.y = -margin;
    apply();
  };
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
    if (box.width > w) view.x = box.x - 10;
    if (box.height > h) view.y = box.y - 10;
    apply();
  };

  // --- what is selected, found, filtered out ---

  const clear = () => {
    for (const element of svg.querySelectorAll('.on, .near')) {
      element.classList.remove('on', 'near');
    }
    svg.classList.remove('busy');
  };
  const markPlaces = (arrow, name) => {
    for (const end of [arrow.dataset.from, arrow.dataset.to]) {
      placeNode(Number(end)).classList.add(name);
    }
  };
  const placeNode = (place) => nodes[place];
  const select = (what) => {
    clear();
    if (what === null) return;
    const [kind, number] = what;
    if (kind === 'family') {
      const panel = svg.querySelector('.panel[data-f="' + number + '"]');
      if (panel === null) return;
      panel.classList.add('on');
      return reveal(panel);
    }
    svg.classList.add('busy');
    const attribute = kind === 'edge' ? 'e' : null;
    for (const arrow of arrows) {
      const touches = kind === 'doc' &&
          (arrow.dataset.from === String(number) ||
           arrow.dataset.to === String(number)) &&
          !arrow.classList.contains('indirect');
      if (attribute && arrow.dataset.e === String(number)) {
        arrow.classList.add('on');
        markPlaces(arrow, 'on');
        reveal(arrow);
      } else if (touches) {
        arrow.classList.add('near');
        markPlaces(arrow, 'near');
      }
    }
    if (kind === 'doc') {
      placeNode(number).classList.add('on');
      reveal(placeNode(number));
    }
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
    else if (f !== undefined) go(linkTo.family(Number(f)));
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
  const placeOf = (node) => {
    const dot = node.querySelector('circle');
    return [Number(dot.getAttribute('cx')), Number(dot.getAttribute('cy'))];
  };
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
  return {start, select, filter, whole, apply,
          showAll: (all) => svg.classList.toggle('all', all)};
})();
