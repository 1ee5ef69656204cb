'use strict';
(() => {
  const sheets = document.querySelector('.sheets');
  const rows = [...document.querySelectorAll('tbody tr')];
  const marks = new Map();  // of a passage: those of both texts, and its row
  const remember = (number, element) => {
    if (!marks.has(number)) marks.set(number, []);
    marks.get(number).push(element);
  };
  for (const mark of document.querySelectorAll('mark')) {
    for (const number of mark.dataset.p.split(' ')) remember(number, mark);
  }
  for (const row of rows) remember(row.dataset.p, row);

  let chosen = null;
  let shown = null;
  const show = (number) => {
    if (number === shown) return;
    for (const element of marks.get(shown) || []) {
      element.classList.remove('on');
    }
    for (const element of marks.get(number) || []) {
      element.classList.add('on');
    }
    sheets.classList.toggle('busy', number !== null);
    shown = number;
  };
  // Scrolls a text, and nothing but the text, so that a place is at `height`
  // of its box.
  const scrollTo = (anchor, height) => {
    const text = anchor.closest('.text');
    const offset = anchor.getBoundingClientRect().top -
                   text.getBoundingClientRect().top;
    text.scrollTop += offset - height;
  };
  const heightOf = (element) =>
      element.getBoundingClientRect().top -
      element.closest('.text').getBoundingClientRect().top;
  // From a text, the other one follows to the same height; from elsewhere,
  // both go to the passage.
  const choose = (number, from) => {
    chosen = number;
    show(number);
    for (const side of ['a', 'b']) {
      const anchor = document.getElementById(side + number);
      const text = anchor.closest('.text');
      if (from && text.contains(from)) continue;
      const own = from && document.getElementById(
          (side === 'a' ? 'b' : 'a') + number);
      const height = own ? heightOf(own) : 24;
      scrollTo(anchor, Math.max(8, Math.min(height, text.clientHeight / 2)));
    }
    sheets.scrollIntoView({block: 'nearest'});
    const row = rows[number - 1];
    const box = row.closest('.table');
    if (!from || !box.contains(from)) {
      box.scrollTop = row.offsetTop - box.clientHeight / 2;
    }
  };
  const numberOf = (element) => {
    const mark = element.closest('[data-p]');
    return mark ? mark.dataset.p.split(' ')[0] : null;
  };
  document.addEventListener('click', (event) => {
    const number = numberOf(event.target);
    if (number === null) {
      chosen = null;
      show(null);
      return;
    }
    if (String(getSelection())) return;  // someone is copying text
    event.preventDefault();
    const inText = event.target.closest('.text');
    choose(number, inText ? event.target : null);
  });
  document.addEventListener('mouseover', (event) => {
    show(numberOf(event.target) || chosen);
  });
  document.addEventListener('focusin', (event) => {
    if (!event.target.matches(':focus-visible')) return;
    const number = numberOf(event.target);
    if (number !== null) {
      choose(number, event.target.closest('.text') ? event.target : null);
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = {n: 1, j: 1, p: -1, k: -1}[event.key];
    if (step && rows.length) {
      const from = chosen === null ? (step > 0 ? 0 : 1) : Number(chosen);
      const next = (from - 1 + step + rows.length) % rows.length;
      choose(String(next + 1), null);
    } else if (event.key === 'Escape') {
      chosen = null;
      show(null);
    }
  });
})();
