// A pair of texts: highlights against the passages that the program wrote, what
// was cut and added, scrolling, the evidence.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {go, hashOfEdge, indexOf, kinds, launch, linesOf, openPage}
  from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

// What the page shows in place of what cannot be seen.
const shown = (text) => text.replace(/\r\n?/g, '\n').replace(
    /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]/g,
    (c) => c < ' ' ? String.fromCharCode(0x2400 + c.charCodeAt(0)) :
        c === '\x7f' ? '\u2421' : '\ufffd');

// Of both texts: the text of the marks of every passage, and the whole.
const readTexts = (tab) => tab.evaluate(() =>
    Object.fromEntries([...document.querySelectorAll('.text')].map((pane) => {
      const passages = [];
      for (const mark of pane.querySelectorAll('mark')) {
        for (const number of mark.dataset.p.split(' ')) {
          passages[number] = (passages[number] || '') + mark.textContent;
        }
      }
      const whole = pane.cloneNode(true);
      for (const button of whole.querySelectorAll('button')) button.remove();
      return [pane.dataset.side, {passages, whole: whole.textContent}];
    })));

for (const kind of kinds) {
  test(`${kind}: highlights are where passages.jsonl says`, async () => {
    const {tab, close} = await openPage(browser, kind);
    const index = await indexOf(tab);
    const texts = new Map(linesOf(kind, 'documents.jsonl')
        .map((line) => [line.id, line.text]));
    const passages = linesOf(kind, 'passages.jsonl');
    let compared = 0;
    for (const edge of index.edges) {
      const [a, b] = [edge.a, edge.b].map((n) => index.documents[n].id);
      await go(tab, hashOfEdge(index, edge));
      const found = await readTexts(tab);
      const wanted = passages.filter((p) => p.a === a && p.b === b);
      assert.ok(wanted.length > 0);
      assert.equal(found.a.whole, shown(texts.get(a)));
      assert.equal(found.b.whole, shown(texts.get(b)));
      wanted.forEach((passage, i) => {
        for (const side of ['a', 'b']) {
          const whole = [...texts.get(passage[side])];
          const slice = whole.slice(passage[side + '_begin'],
                                    passage[side + '_end']).join('');
          assert.equal(found[side].passages[i], shown(slice));
          ++compared;
        }
      });
    }
    assert.ok(compared >= 2 * index.edges.length);
    await close();
  });

  test(`${kind}: the evidence adds up to the verdict`, async () => {
    const {tab, close} = await openPage(browser, kind);
    const index = await indexOf(tab);
    for (const edge of index.edges) {
      await go(tab, hashOfEdge(index, edge));
      const weights = await tab.$$eval('.card tbody .weight', (cells) =>
          cells.map((cell) => Number(cell.textContent.replace('\u2212', '-'))));
      const sum = Number((await tab.textContent('#sum'))
          .replace('\u2212', '-'));
      const total = weights.reduce((x, y) => x + y, 0);
      // Each is rounded to hundredths.
      assert.ok(Math.abs(total - sum) <= 0.005 * (weights.length + 1) + 1e-9);
      const likely = Number(await tab.textContent('.sum output'));
      assert.ok(Math.abs(likely - 1 / (1 + Math.exp(-Math.abs(sum)))) < 0.005);
    }
    await close();
  });
}

test('desk: what was cut and added is marked', async () => {
  const {tab, close} = await openPage(browser, 'desk',
                                      {hash: '#edge=bridge-wire,bridge-post'});
  const [cut, added, cutInB, marks] = await Promise.all([
    tab.$$eval('[data-side=a] .cut', (found) => found.length),
    tab.$$eval('[data-side=b] .added', (found) => found.length),
    tab.$$eval('[data-side=b] .cut', (found) => found.length),
    tab.$$eval('.text .e, .text .z', (found) => found.length)]);
  assert.ok(cut > 0);
  assert.ok(added > 0);
  assert.equal(cutInB, 0);
  assert.ok(marks > 0);
  await close();
});

test('desk: an undecided pair claims neither cut nor added', async () => {
  const {tab, close} = await openPage(browser, 'desk',
                                      {hash: '#edge=note-1,note-2'});
  assert.match(await tab.textContent('#detail h2'), /^Undecided: /);
  assert.equal(await tab.$('.text .cut, .text .added'), null);
  assert.match(await tab.textContent('.sum'), /undecided/);
  await close();
});

test('desk: a passage takes the other text along', async () => {
  const {tab, close} = await openPage(browser, 'desk', {
    hash: '#edge=bridge-wire,bridge-post', height: 480});
  const last = tab.locator('[data-side=a] button.n').last();
  const number = await last.getAttribute('data-p');
  await last.click();
  const places = await tab.evaluate((wanted) =>
      [...document.querySelectorAll('.text')].map((pane) => {
        const anchor = pane.querySelector(`[data-anchor="${wanted}"]`);
        const box = pane.getBoundingClientRect();
        const {top} = anchor.getBoundingClientRect();
        return {seen: top >= box.top && top < box.bottom,
                on: pane.querySelectorAll('mark.on').length};
      }), number);
  assert.deepEqual(places.map((place) => place.seen), [true, true]);
  assert.ok(places.every((place) => place.on > 0));
  await close();
});

test('desk: both texts scroll together, unless told not to', async () => {
  const {tab, close} = await openPage(browser, 'desk', {
    hash: '#edge=bridge-wire,bridge-ledger', height: 480});
  // Both panes hear of a scroll before the frame after the next.
  const scrollA = async (by) => {
    const old = await tab.$eval('[data-side=a]', (pane) => pane.scrollTop);
    await tab.hover('[data-side=a]');
    await tab.mouse.wheel(0, by);
    await tab.waitForFunction((before) => document.querySelector(
        '[data-side=a]').scrollTop >= before, old + by);
    await tab.evaluate(() => new Promise((done) =>
        requestAnimationFrame(() => requestAnimationFrame(done))));
    return tab.$$eval('.text', (panes) => panes.map((p) => p.scrollTop));
  };
  const [a, b] = await scrollA(120);
  assert.ok(a > 0);
  assert.ok(Math.abs(a - b) < 3);  // the texts are the same
  await tab.uncheck('.keyline input');
  const [moved, stayed] = await scrollA(60);
  assert.ok(moved > a);
  assert.equal(stayed, b);
  await close();
});

test('desk: the dot plot has a line a passage', async () => {
  const {tab, close} = await openPage(browser, 'desk',
                                      {hash: '#edge=bridge-wire,bridge-post'});
  const lines = await tab.$$eval('.plot .run', (found) => found.map((line) =>
      ['x1', 'x2', 'y1', 'y2'].map((name) => Number(line.getAttribute(name)))));
  const passages = linesOf('desk', 'passages.jsonl').filter(
      (p) => p.a === 'bridge-wire' && p.b === 'bridge-post');
  assert.equal(lines.length, passages.length);
  for (const [x1, x2, y1, y2] of lines) {
    assert.ok(x1 < x2 && y1 < y2);
    assert.ok(Math.min(x1, y1) >= 16 && Math.max(x2, y2) <= 246.01);
  }
  await close();
});

test('evidence is in words and says for whom it speaks', async () => {
  for (const kind of kinds) {
    const {tab, close} = await openPage(browser, kind);
    const index = await indexOf(tab);
    const named = await tab.evaluate(() => kEvidenceNames);
    const unnamed = new Set();
    for (const edge of index.edges) {
      await go(tab, hashOfEdge(index, edge));
      const rows = await tab.$$eval('.card tbody tr', (all) => all
          .filter((row) => row.querySelector('code')).map((row) => ({
            feature: row.querySelector('code').textContent,
            label: row.querySelector('.feature').firstChild.textContent,
            detail: row.querySelector('.detail').textContent,
            speaks: row.querySelector('.speaks').textContent,
            weight: row.querySelector('.weight').textContent,
          })));
      const names = await tab.evaluate(
          (number) => namesOfPair(model.edges[number]).map(
              (text) => name(text).textContent), index.edges.indexOf(edge));
      for (const row of rows) {
        if (row.feature in named) assert.equal(row.label, named[row.feature]);
        else unnamed.add(row.feature);
        assert.equal(row.speaks, 'for ' + (row.feature === 'common_source' ?
            'a third text' : names[row.weight.startsWith('+') ? 0 : 1]));
        assert.doesNotMatch(row.detail, /: \S+ in a, \S+ in b$/);
      }
    }
    // Every feature of the program's has a name.
    assert.deepEqual([...unnamed],
                     kind === 'hostile' ? ['<b>feature</b>'] : []);
    await close();
  }
});

test('desk: a parent\'s confidence is told from the pair\'s', async () => {
  const {tab, close} = await openPage(browser, 'desk');
  const index = await indexOf(tab);
  let told = 0;
  for (const edge of index.edges) {
    await go(tab, hashOfEdge(index, edge));
    const parents = [[edge.a, edge.b], [edge.b, edge.a]].flatMap(
        ([copy, source]) => (index.documents[copy].parents || [])
            .filter(([number]) => number === source));
    const note = await tab.$$eval('.parent output',
                                  (all) => all.map((out) => out.textContent));
    const isThird = edge.relation === 'common_source';
    assert.equal(note.length, isThird ? 0 : parents.length);
    if (!note.length) continue;
    assert.ok(Math.abs(Number(note[0]) - parents[0][1]) <= 0.011);
    const words = await tab.textContent('.parent');
    assert.match(words, edge.source === null ? /draws an arrow all the same/ :
        /has a confidence of its own/);
    for (const number of [edge.a, edge.b]) {
      const {title, id} = index.documents[number];
      assert.ok(words.includes(title || id));
    }
    ++told;
  }
  assert.ok(told > 0);
  await close();
});

test('details of evidence name the texts, and leave quotations alone',
     async () => {
  const {tab, close} = await openPage(browser, 'desk');
  const inWords = (detail) => tab.evaluate((text) => make('p', {},
      ...detailInWords(text, ['Post', 'Mail'])).textContent, detail);
  for (const [detail, words] of [
    ['words: 137 in a, 115 in b', 'words: 137 in Post, 115 in Mail'],
    ['signed in text of its own (1: yes): 1 in a, 0 in b',
     'signed in text of its own: yes in Post, no in Mail'],
    ['b names the publisher of a: "of a b, in a, b"; a speaks for itself: "x"',
     'Mail names the publisher of Post: "of a b, in a, b"; Post speaks for ' +
         'itself: "x"'],
    ['a is dated 2024-01-02, b 2024-01-03, UTC',
     'Post is dated 2024-01-02, Mail 2024-01-03, UTC'],
    ['b introduces a passage: "a"', 'Mail introduces a passage: "a"'],
    ['b credits an outlet: "a"', 'Mail credits an outlet: "a"'],
    ['b speaks for itself, which a does not: "we"',
     'Mail speaks for itself, which Post does not: "we"'],
    ['b names post.example/1, which is a, as its canonical address',
     'Mail names post.example/1, which is Post, as its canonical address'],
    ['lines of the passages stand behind quotation marks in b (">"), deeper ' +
         'than in a',
     'lines of the passages stand behind quotation marks in Mail (">"), ' +
         'deeper than in Post'],
    ['share of passages that end in a question which it goes on from: 0 in ' +
         'a, 1 in b',
     'share of passages that end in a question which it goes on from: 0 in ' +
         'Post, 1 in Mail'],
  ]) {
    assert.equal(await inWords(detail), words);
  }
  await close();
});

test('desk: a common source speaks for neither of the two', async () => {
  const {tab, close} = await openPage(browser, 'desk',
                                      {hash: '#edge=lamp-1,lamp-2'});
  assert.match(await tab.textContent('#detail h2'), /go back to a common/);
  assert.match(await tab.textContent('#detail .facts >> nth=0'),
               /confidence 0\.91/);
  const card = await tab.textContent('.card');
  assert.match(card, /\u2190 a third text/);
  assert.doesNotMatch(card, /\u2190 [AB]|[AB] \u2192|A is the source/);
  assert.match(await tab.textContent('.sum'),
               /= 0\.910 for a third text\. That is the confidence that both/);
  await close();
});
