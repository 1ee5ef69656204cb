#include "report/html_page.h"

#include <cstddef>

#include "report/characters.h"

namespace wirecopy {

// Hues are told apart by most people; numbers tell the rest.
const char* const kPageStyle = R"css(
:root {
  color-scheme: light dark;
  --page: #f6f5f2; --sheet: #fff; --ink: #1c1b19; --soft: #66625a;
  --line: #dcd8d0; --edit: rgb(255 255 255 / .62); --key: #1f5fbf;
  --p0: #ffe08a; --p1: #b5dcff; --p2: #bdecc8; --p3: #ffc9b8;
  --p4: #dccbff; --p5: #ffc6e4; --p6: #b9ebe9; --p7: #dfe3a0;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #16171a; --sheet: #1f2125; --ink: #eceae6; --soft: #a9a59d;
    --line: #3a3d43; --edit: rgb(0 0 0 / .42); --key: #8fbcff;
    --p0: #5f4a08; --p1: #1c4a6e; --p2: #1f5534; --p3: #70321f;
    --p4: #49357d; --p5: #6b2550; --p6: #17534f; --p7: #4d5112;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; padding: 1.25rem clamp(.75rem, 2.5vw, 2.5rem);
  background: var(--page); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;
}
header, main, section { max-width: 100rem; margin: 0 auto; }
h1 { font-size: 1.3rem; line-height: 1.3; margin: 0 0 .9rem; font-weight: 650;
     overflow-wrap: anywhere; }
h1 small { font-weight: 400; color: var(--soft); font-size: 1rem; }
h2 { font-size: 1rem; margin: 0; font-weight: 650; overflow-wrap: anywhere; }
.figures { display: grid; gap: .6rem; margin: 0 0 1rem; padding: 0;
           grid-template-columns: repeat(auto-fit, minmax(13rem, 1fr)); }
.figures div { background: var(--sheet); border: 1px solid var(--line);
               border-radius: .5rem; padding: .55rem .8rem; }
.figures dt { color: var(--soft); font-size: .85rem; }
.figures dd { margin: 0; font-size: 1.35rem; font-weight: 650;
              font-variant-numeric: tabular-nums; }
.figures small { display: block; font-size: .8rem; font-weight: 400;
                 color: var(--soft); }
meter { width: 100%; height: .5rem; display: block; }
.table { background: var(--sheet); border: 1px solid var(--line);
         border-radius: .5rem; margin-bottom: 1rem; max-height: 15rem;
         overflow: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem;
        font-variant-numeric: tabular-nums; }
th { position: sticky; top: 0; background: var(--sheet); color: var(--soft);
     font-weight: 500; box-shadow: 0 1px var(--line); z-index: 1; }
th, td { padding: .3rem .7rem; text-align: right; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
th:last-child, td:last-child { text-align: start; width: 99%; }
td:last-child { max-width: 0; overflow: hidden; text-overflow: ellipsis;
                unicode-bidi: plaintext; color: var(--soft); }
tbody tr { border-top: 1px solid var(--line); cursor: pointer; }
tbody tr.on { box-shadow: inset 3px 0 var(--key); }
.none { background: var(--sheet); border: 1px solid var(--line);
        border-radius: .5rem; padding: .8rem 1rem; margin: 0 0 1rem; }
.sheets { display: grid; gap: 1rem;
          grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); }
article { background: var(--sheet); border: 1px solid var(--line);
          border-radius: .5rem; display: flex; flex-direction: column;
          overflow: hidden; }
article > header { padding: .6rem 1rem; border-bottom: 1px solid var(--line);
                   width: 100%; }
article > header small { color: var(--soft); font-weight: 400; }
.text { overflow: auto; padding: 1rem 1.1rem 2rem; white-space: pre-wrap;
        overflow-wrap: anywhere; unicode-bidi: plaintext; text-align: start;
        font: 1.02rem/1.65 Charter, "Iowan Old Style", Georgia, "Noto Serif",
              serif; position: relative; flex: 1; }
mark { color: inherit; background: var(--c); cursor: pointer;
       box-decoration-break: clone; -webkit-box-decoration-break: clone;
       border-radius: .15em; padding: .1em 0; }
mark.many { background: repeating-linear-gradient(135deg, var(--c) 0 6px,
                                                  var(--d) 6px 12px); }
mark.on { box-shadow: 0 2px var(--key); }
.sheets.busy mark:not(.on) { opacity: .7; }
.e { background: var(--edit); border-bottom: 2px dotted currentColor;
     border-radius: .15em; }
.z { border-inline-start: 2px dotted currentColor; margin-inline-start: .05em; }
a.n { font: 600 .7rem/1 system-ui, sans-serif; color: var(--ink);
      background: var(--c); border: 1px solid currentColor;
      border-radius: .3rem; padding: .08rem .28rem; margin-inline-end: .2rem;
      vertical-align: .2em; text-decoration: none; user-select: none;
      unicode-bidi: isolate; scroll-margin: 4rem; display: inline-block; }
a.n:focus-visible { outline: 3px solid var(--key); outline-offset: 1px; }
footer { color: var(--soft); font-size: .85rem; max-width: 100rem;
         margin: .7rem auto 0; }
kbd { border: 1px solid var(--line); border-radius: .25rem;
      padding: 0 .3rem; font: inherit; background: var(--sheet); }
@media screen and (min-width: 46.01rem) {
  body { height: 100vh; min-height: 42rem; display: flex;
         flex-direction: column; }
  body > * { width: 100%; }
  .sheets { flex: 1; min-height: 0; grid-template-rows: minmax(0, 1fr); }
  .table { max-height: 11rem; }
}
@media (max-width: 46rem) {
  body { padding: .75rem; }
  .figures { grid-template-columns: repeat(3, minmax(0, 1fr)); gap: .4rem; }
  .figures div { padding: .4rem .5rem; }
  .figures dd { font-size: 1.1rem; }
  .figures small { display: none; }
  .table { max-height: 9.5rem; }
  th, td { padding: .3rem .45rem; }
  th:last-child, td:last-child { display: none; }
  .sheets { grid-template-columns: minmax(0, 1fr); gap: .6rem; }
  article { max-height: 48vh; }
  article > header { padding: .4rem .8rem; }
  .text { padding: .7rem .8rem 1.2rem; font-size: 1rem; }
  .keys { display: none; }
}
@media print {
  body { background: none; padding: 0; font-size: 10pt; }
  article, .table { max-height: none; overflow: visible; display: block; }
  .text { overflow: visible; font-size: 10pt; }
  mark, .e, a.n { print-color-adjust: exact;
                  -webkit-print-color-adjust: exact; }
  mark { border-bottom: 1.5pt solid var(--c); }
  .keys { display: none; }
}
@media (prefers-reduced-motion: no-preference) {
  .text { scroll-behavior: smooth; }
}
)css";

const char* const kPageScript = R"js(
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
)js";

void AppendHtml(std::string_view utf8, std::string* out) {
  for (size_t i = 0; i < utf8.size();) {
    const Character c = CharacterAt(utf8, i);
    i += c.length;
    switch (c.code_point) {
      case '&':
        *out += "&amp;";
        break;
      case '<':
        *out += "&lt;";
        break;
      case '>':
        *out += "&gt;";
        break;
      case '"':
        *out += "&quot;";
        break;
      case '\'':
        *out += "&#39;";
        break;
      case '\r':  // HTML would make a line break of it
        if (i == utf8.size() || utf8[i] != '\n') *out += '\n';
        break;
      case '\n':
      case '\t':
        *out += static_cast<char>(c.code_point);
        break;
      default:
        AppendCharacter(ShownInHtml(c.code_point), out);
    }
  }
}

std::string Html(std::string_view utf8) {
  std::string html;
  AppendHtml(utf8, &html);
  return html;
}

}  // namespace wirecopy
