// Elements, made without HTML: whatever a text holds stays text.

const kSvg = 'http://www.w3.org/2000/svg';

// Children come first: where an element with dir="auto" gets them one by one,
// Chromium looks for its direction every time.
const fill = (element, attributes, children) => {
  element.append(...children.flat().filter(
      (child) => child !== null && child !== undefined && child !== ''));
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') {
      for (const [event, handler] of Object.entries(value)) {
        element.addEventListener(event, handler);
      }
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  return element;
};
const make = (name, attributes, ...children) =>
    fill(document.createElement(name), attributes, children);
const draw = (name, attributes, ...children) =>
    fill(document.createElementNS(kSvg, name), attributes, children);
const byId = (id) => document.getElementById(id);

// Text as it is shown: pictures of control characters, for most of them would
// not be seen.
const kUnseen = new RegExp('[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f' +
    '\\u007f-\\u009f\\ufdd0-\\ufdef\\ufffe\\uffff]', 'g');
const shown = (text) => text.replace(/\r\n?/g, '\n').replace(kUnseen,
    (c) => c < ' ' ? String.fromCharCode(0x2400 + c.charCodeAt(0)) :
        c === '\u007f' ? '\u2421' : '\ufffd');
// One line of somebody else's words, whose directions stay within.
const kMostOfName = 120;
const name = (text) => make('bdi', {}, shown(
    text.length > kMostOfName ? text.slice(0, kMostOfName) + '\u2026' : text));

const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ',');
const counted = (n, noun) => grouped(n) + ' ' + noun + (n === 1 ? '' : 's');
const percent = (share) => Math.round(100 * share) + '\u202f%';
const confidence = (value) =>
    (value < 1 ? Math.min(value, 0.99) : value).toFixed(2);
const signed = (value) =>
    (value < 0 ? '\u2212' : '+') + Math.abs(value).toFixed(2);

const documentLink = (number) =>
    make('a', {href: linkTo.doc(number)}, name(model.documents[number].name));
const relationTag = (edge) => make('span', {class: 'tag ' +
    (edge.relation in kRelationNames ? edge.relation : 'other')},
    kRelationNames[edge.relation] || edge.relation);
