// Thousands of documents: the page opens soon, and makes what is looked at.

import assert from 'node:assert/strict';
import {statSync} from 'node:fs';
import {after, before, test} from 'node:test';

import {fileOf, go, hashOfEdge, indexOf, launch, openPage}
  from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const elements = (tab) =>
    tab.evaluate(() => document.querySelectorAll('*').length);

test('2,000 documents: opened, and no more made than is seen', async () => {
  const {tab, close} = await openPage(browser, 'large');
  const loaded = await tab.evaluate(() => new Promise((done) =>
      requestAnimationFrame(() => setTimeout(() => done(Math.round(
          performance.now()))))));
  const index = await indexOf(tab);
  const atFirst = await elements(tab);
  console.log(`${index.documents.length} documents, ` +
      `${index.edges.length} pairs, ` +
      `${(statSync(fileOf('large', 'page.html')).size / 1e6).toFixed(1)} MB: ` +
      `drawn after ${loaded} ms, ${atFirst} elements`);
  assert.equal(index.documents.length, 2000);
  // A node has four elements, an arrow four; nothing is there of the texts.
  const drawn = await tab.$$eval('.node, .arrow', (all) => all.length);
  assert.ok(atFirst < 4 * drawn + 6000, `${atFirst} for ${drawn}`);
  assert.equal(await tab.$('.text, mark, tbody tr'), null);

  await tab.click('#tab-pairs');
  assert.equal((await tab.$$('#view-pairs tbody tr')).length, 100);
  await tab.click('#view-pairs .more');
  assert.equal((await tab.$$('#view-pairs tbody tr')).length, 200);
  await tab.click('#tab-documents');
  assert.equal((await tab.$$('#view-documents tbody tr')).length, 100);
  await tab.click('#tab-graph');

  const before = await elements(tab);
  for (const edge of index.edges.slice(0, 20)) {
    await go(tab, hashOfEdge(index, edge));
  }
  // One pair is there, the others are gone but for their arrows.
  const shown = await tab.$$eval('#detail *', (all) => all.length);
  const arrows = await tab.$$eval('.indirect, .indirect *',
                                  (all) => all.length);
  assert.ok(await elements(tab) <= before + shown + arrows);
  await close();
});

test('above the limit the page says what it left out', async () => {
  const {tab, close} = await openPage(browser, 'too_large');
  const index = await indexOf(tab);
  assert.ok(index.documents.length <= 2000);
  const left = await tab.textContent('.left-out');
  assert.match(left, new RegExp(`Left out: ${2600 - index.documents.length} `));
  assert.match(await tab.textContent('.lede'), /2,600 share text/);
  const shown = new Set(index.documents.map((doc) => doc.key));
  const absent = [...Array(2600).keys()].map((n) => 'doc-' + n)
      .find((key) => !shown.has(key));
  await go(tab, '#doc=' + absent);
  assert.equal(await tab.textContent('#detail .facts'),
      `The link names ${absent}, which may be among what was left out.`);
  await close();
});
