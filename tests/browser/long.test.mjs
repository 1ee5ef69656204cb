// Pairs of many passages and of long texts: opened and printed soon, as much of
// them as a page can show, and what is left out is said.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {go, hashOfEdge, indexOf, launch, openPage} from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

// Opens the page's pair, and counts what it is made of.
const openPair = async (kind) => {
  const {tab, close} = await openPage(browser, kind);
  const index = await indexOf(tab);
  const began = performance.now();
  await go(tab, hashOfEdge(index, index.edges[0]));
  const opened = performance.now() - began;
  const counts = await tab.evaluate(() => {
    const count = (what) => document.querySelectorAll(what).length;
    return {all: count('*'), rows: count('#detail > .table tbody tr'),
            runs: count('.plot .run'), gaps: count('.text .gap'),
            characters: [...document.querySelectorAll('.text')].map((pane) => {
              const text = pane.cloneNode(true);
              for (const other of text.querySelectorAll('button, .gap')) {
                other.remove();
              }
              return text.textContent.length;
            })};
  });
  console.log(`${kind}: shown after ${Math.round(opened)} ms, ` +
      `${counts.all} elements`);
  return {tab, close, counts};
};

const print = async (tab, kind) => {
  const began = performance.now();
  const pdf = await tab.pdf({format: 'A4', timeout: 120000});
  console.log(`${kind}: printed after ` +
      `${Math.round(performance.now() - began)} ms, ` +
      `${(pdf.length / 1e6).toFixed(1)} MB`);
  assert.ok(pdf.length < 20e6, `${pdf.length} bytes`);
};

test('8,000 passages: the longest 1,000 are shown', async () => {
  const {tab, close, counts} = await openPair('many_passages');
  assert.equal(counts.rows, 1000);
  assert.equal(counts.runs, 1000);
  assert.ok(counts.all < 30000, `${counts.all} elements`);
  assert.ok(counts.characters.every((length) => length <= 200000));
  const left = await tab.textContent('#detail .left-out');
  assert.match(left, /Of 8,000 passages only the longest 1,000 /);
  assert.match(left, /Of text A, [\d,]+ of [\d,]+ characters are shown/);
  await print(tab, 'many_passages');
  await close();
});

test('8,000 passages: keys go through those that are shown', async () => {
  const {tab, close} = await openPair('many_passages');
  const numbers = await tab.$$eval('#detail > .table button.n',
      (buttons) => buttons.map((button) => button.dataset.p));
  for (const [key, place] of [['j', 0], ['j', 1], ['k', 0], ['k', 999]]) {
    await tab.keyboard.press(key);
    assert.equal(await tab.getAttribute('button.n.on', 'data-p'),
                 numbers[place]);
    assert.equal((await tab.$$('.text mark.on')).length > 0, true);
  }
  await close();
});

test('2 MB of text: passages and what stands around them', async () => {
  const {tab, close, counts} = await openPair('long_texts');
  assert.equal(counts.rows, 3);
  assert.ok(counts.gaps >= 4, `${counts.gaps} gaps`);
  assert.ok(counts.all < 3000, `${counts.all} elements`);
  for (const length of counts.characters) {
    assert.ok(length > 100000 && length <= 200000, `${length} characters`);
  }
  assert.match(await tab.textContent('#detail .left-out'),
               /Of text B, [\d,]+ of 2,[\d,]+ characters are shown/);
  assert.equal(await tab.$$eval('.text [data-anchor]', (all) => all.length), 6);
  await print(tab, 'long_texts');
  await close();
});

// What is shown and the gaps are the whole text.
test('2 MB of text: gaps are as long as they say', async () => {
  const {tab, close} = await openPair('long_texts');
  const [shown, whole] = await tab.evaluate(() => {
    const pane = document.querySelector('[data-side=a]').cloneNode(true);
    let length = 0;
    for (const gap of pane.querySelectorAll('.gap')) {
      length += Number(gap.textContent.replace(/\D/g, ''));
      gap.remove();
    }
    for (const button of pane.querySelectorAll('button')) button.remove();
    return [length + pane.textContent.length,
            JSON.parse(document.getElementById('data-texts').textContent)[0]
                .length];
  });
  assert.equal(shown, whole);
  await close();
});

test('2 MB of text: of one document its beginning', async () => {
  const {tab, close} = await openPage(browser, 'long_texts');
  await go(tab, '#doc=long-1');
  const text = await tab.textContent('#detail .text');
  assert.ok(text.length < 201000);
  assert.match(text, /\u2026 1,[\d,]+ characters left out \u2026$/);
  await close();
});

// The page's own functions, with pairs that would take long to make.
test('limits hold for one long passage, many differences, overlaps',
     async () => {
  const {tab, close} = await openPage(browser, 'desk');
  const got = await tab.evaluate(() => {
    const whale = '\ud83d\udc33'.repeat(150000);  // two units each
    const cut = excerptOf({passages: [{at: [2, 300000, 0, 299998], words: 9,
                                       differs: []}]}, [whale, whale]);
    const differs = Array(16000).fill(0);
    const many = excerptOf({passages: [
      {at: [0, 9, 0, 9], words: 9, differs}, {at: [0, 9, 0, 9], words: 8,
                                              differs}]}, ['whale', 'whale']);
    const passages = Array.from({length: 50}, (unused, number) => ({
      at: [0, 5, 0, 5], words: 9, number, differs: []}));
    const marks = markedText('whale', {passages, parts: [[[0, 5]]]}, 0, '')
        .filter((node) => node.localName === 'mark');
    return {parts: cut.parts, cutsCut: cut.cutsDifferences,
            differs: many.passages.map((p) => p.differs.length),
            cutsMany: many.cutsDifferences,
            told: marks.map((mark) => mark.dataset.p.split(' ').length)};
  });
  for (const [[from, to], ...rest] of got.parts) {
    assert.deepEqual(rest, []);
    assert.ok(to - from <= 200000 && to - from > 150000);
    assert.deepEqual([from % 2, to % 2], [0, 0]);  // no half of a character
  }
  assert.equal(got.cutsCut, false);
  assert.deepEqual(got.differs, [16000, 4000]);
  assert.equal(got.cutsMany, true);
  assert.deepEqual(got.told, [20]);
  await close();
});
