// Zoom and movement of the graph.

const canvas = (() => {
  const svg = byId('graph');
  const [, , fullWidth, fullHeight] =
      svg.getAttribute('viewBox').split(' ').map(Number);
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
    svg.parentElement.classList.toggle('goes-on', view.y + h < fullHeight - 1);
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

  // --- pointers ---

  const kDrag = 5;  // pixels; what moves less is a click
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
    moved = Math.max(moved, Math.abs(dx) + Math.abs(dy));
    if (moved < kDrag) return;
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

  byId('zoom-in').addEventListener('click', () => zoom(1.3));
  byId('zoom-out').addEventListener('click', () => zoom(1 / 1.3));
  byId('zoom-fit').addEventListener('click', fitAll);
  window.addEventListener('resize', apply);

  // Paper shows all of it.
  const whole = () => svg.setAttribute('viewBox', [-4, -4, fullWidth + 8,
                                                   fullHeight + 8].join(' '));
  return {svg, start, apply, zoom, fitAll, reveal, whole,
          wasDragged: () => moved >= kDrag};
})();
