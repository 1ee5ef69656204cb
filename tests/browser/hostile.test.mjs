// Documents that mean harm: nothing of theirs runs, and the page stays whole.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {go, hashOfEdge, indexOf, launch, openPage} from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const nothingRan = async (tab) =>
    assert.equal(await tab.evaluate(() => window.harmed), undefined);

test('nothing of a document runs, wherever it is shown', async () => {
  const {tab, close} = await openPage(browser, 'hostile');
  const index = await indexOf(tab);
  for (const view of ['families', 'pairs', 'documents', 'publishers']) {
    await tab.click('#tab-' + view);
    await nothingRan(tab);
  }
  for (const edge of index.edges) {
    await go(tab, hashOfEdge(index, edge));
    await nothingRan(tab);
  }
  for (const doc of index.documents) {
    await go(tab, '#doc=' + doc.key);
    await nothingRan(tab);
  }
  await tab.fill('#search', 'script');
  await tab.waitForSelector('#found a');
  assert.ok((await tab.$$('#found a')).length > 0);
  await nothingRan(tab);
  // No element came from a document.
  assert.equal(await tab.$('img, b, iframe, object, embed'), null);
  const handlers = await tab.evaluate(() => [...document.querySelectorAll('*')]
      .filter((element) => [...element.attributes].some(
          (attribute) => attribute.name.startsWith('on'))).length);
  assert.equal(handlers, 0);
  assert.equal((await tab.$$('script')).length, 4);
  await close();
});

test('addresses are links only where they are of the web', async () => {
  const {tab, close} = await openPage(browser, 'hostile');
  const index = await indexOf(tab);
  for (const doc of index.documents) {
    await go(tab, '#doc=' + doc.key);
    const links = await tab.$$eval('#detail a[target]',
                                   (all) => all.map((a) => a.protocol));
    assert.deepEqual(links, doc.url.startsWith('https:') ? ['https:'] : []);
  }
  const protocols = await tab.$$eval('a[href]',
                                     (all) => all.map((a) => a.protocol));
  assert.ok(protocols.every((p) => ['file:', 'https:'].includes(p)));
  await close();
});

test('the policy stops scripts and styles that somehow got in', async () => {
  const {tab, troubles} = await openPage(browser, 'hostile');
  await tab.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.harmed = "script"';
    document.body.append(script);
    const box = document.createElement('div');
    box.innerHTML = '<img src="x" onerror="window.harmed = 1">';
    box.setAttribute('style', 'position: fixed');
    document.body.append(box);
  });
  await tab.waitForFunction(() => window.violations.length >= 3);
  await nothingRan(tab);
  const violations = await tab.evaluate(() => window.violations);
  for (const directive of ['script-src-elem', 'img-src', 'style-src-attr']) {
    assert.ok(violations.some((text) => text.startsWith(directive)),
              directive + ' of ' + violations);
  }
  assert.ok(troubles.length > 0);
  await tab.context().close();
});

test('marks of direction stay within their text', async () => {
  const {tab, close} = await openPage(browser, 'hostile');
  const index = await indexOf(tab);
  await go(tab, hashOfEdge(index, index.edges[0]));
  const loose = await tab.evaluate(() => {
    const marks = /[\u202a-\u202e\u2066-\u2069]/;
    const walker = document.createTreeWalker(document.body,
                                             NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!marks.test(walker.currentNode.data)) continue;
      if (element.closest('script, title, option, svg')) continue;
      const contained = element.closest('bdi, .contained, .detail');
      const bidi = contained && getComputedStyle(contained).unicodeBidi;
      if (!['isolate', 'plaintext'].includes(bidi)) {
        found.push(element.outerHTML.slice(0, 100));
      }
    }
    return found;
  });
  assert.deepEqual(loose, []);
  await close();
});
