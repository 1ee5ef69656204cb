// The page as a whole: opening, search, filters, tables, links, keys, print.

import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';

import {go, hashOfEdge, hasPage, indexOf, kinds, launch, openPage}
  from './support.mjs';

let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser.close(); });

const heading = (tab) => tab.textContent('#detail h2');
// The page waits for more keys before it searches, and filters afterwards.
const searched = (tab, query) => tab.waitForFunction(
    (wanted) => filters.query === wanted, query.toLowerCase());
const reset = async (tab) => {
  await tab.click('#filters [type=reset]');
  await tab.waitForFunction(
      () => document.getElementById('filtered').textContent === '');
};

for (const kind of kinds) {
  for (const colorScheme of ['light', 'dark']) {
    for (const [width, height] of [[1440, 900], [390, 844]]) {
      test(`${kind}, ${colorScheme}, ${width}: nothing sticks out`,
           async () => {
        const {tab, close} = await openPage(
            browser, kind, {colorScheme, width, height});
        const index = await indexOf(tab);
        const overflow = () => tab.evaluate(
            () => document.documentElement.scrollWidth - innerWidth);
        assert.ok(await overflow() <= 0);
        await go(tab, hashOfEdge(index, index.edges[0]));
        assert.ok(await overflow() <= 0);
        await go(tab, '#family=' + index.families[0].name);
        assert.ok(await overflow() <= 0);
        await go(tab, '#doc=' + index.documents[0].key);
        assert.ok(await overflow() <= 0);
        for (const view of ['families', 'pairs', 'documents', 'publishers']) {
          await tab.click('#tab-' + view);
          assert.ok(await overflow() <= 0, view);
        }
        const [red] = (await tab.evaluate(
            () => getComputedStyle(document.body).backgroundColor))
            .match(/\d+/g).map(Number);
        assert.equal(red < 128, colorScheme === 'dark');
        await close();
      });
    }
  }

  test(`${kind}: every pair, family and document opens by its link`,
       async () => {
    const {tab, close} = await openPage(browser, kind);
    const index = await indexOf(tab);
    for (const [i, doc] of index.documents.entries()) {
      await go(tab, '#doc=' + doc.key);
      assert.equal(await tab.getAttribute('.node.on', 'data-d'), String(i));
    }
    for (const [i, edge] of index.edges.entries()) {
      await go(tab, hashOfEdge(index, edge));
      assert.equal(await tab.getAttribute('.arrow.on', 'data-e'), String(i));
    }
    for (const [i, family] of index.families.entries()) {
      await go(tab, '#family=' + family.name);
      const marked = await tab.getAttribute('.panel.on', 'data-f');
      assert.ok(marked.split(' ').includes(String(i)));
      const rows = await tab.$$('.tree li');
      assert.equal(rows.length, family.members.length + family.groups.length);
      const beside = await tab.$$eval('#detail .facts a[href^="#family="]',
                                      (links) => links.length);
      const drawn = marked.split(' ').length;
      assert.equal(beside, drawn - 1);
      assert.equal(drawn > 1, / and (another family|\d+ families more)$/.test(
          await tab.textContent('.panel.on .title')));
      assert.equal(drawn > 1, / in \d+ families$/.test(
          await tab.textContent('.panel.on .count')));
    }
    await close();
  });
}

for (const kind of kinds) {
  test(`${kind}: no two labels overlap as the browser draws them`,
       async () => {
    const {tab, close} = await openPage(browser, kind);
    const overlapping = await tab.$$eval('.node .label', (labels) => {
      const boxes = labels.map((label) => label.getBBox());
      const found = [];
      boxes.forEach((x, i) => boxes.slice(0, i).forEach((y, j) => {
        if (x.x < y.x + y.width && y.x < x.x + x.width &&
            x.y < y.y + y.height && y.y < x.y + x.height) {
          found.push(labels[i].textContent + ' | ' + labels[j].textContent);
        }
      }));
      return found;
    });
    assert.deepEqual(overlapping, []);
    await close();
  });
}

test('a link from outside opens what it names', async () => {
  const {tab, close} = await openPage(browser, 'desk',
                                      {hash: '#edge=bridge-wire,bridge-post'});
  assert.match(await heading(tab), /No bridge, no eels has \d+ words from/);
  await close();
});

test('a link to a pair names its texts in either order', async () => {
  for (const hash of ['#edge=bridge-wire,bridge-post',
                      '#edge=bridge-post,bridge-wire',
                      '#edge=bridge%2Dpost,bridge-wir%65']) {
    const {tab, close} = await openPage(browser, 'desk', {hash});
    assert.match(await heading(tab), /No bridge, no eels has \d+ words from/);
    await close();
  }
});

// What the graph draws, the legend names: dots look alike in both.
test('the legend has every kind of dot', async () => {
  const {tab, close} = await openPage(browser, 'desk');
  const looks = await tab.evaluate(() => {
    const rgb = (color) => color.replace(/\s/g, '');
    const dots = [...document.querySelectorAll('#graph .node')].map((node) => {
      const style = getComputedStyle(node.querySelector('circle'));
      return [node.getAttribute('class'), rgb(style.fill)];
    });
    const legend = [...document.querySelectorAll('.legend .dot')].map(
        (dot) => rgb(getComputedStyle(dot).backgroundColor));
    return {dots, legend};
  });
  assert.ok(new Set(looks.dots.map(([name]) => name)).size >= 3);
  const fillOf = new Map(looks.dots);
  assert.notEqual(fillOf.get('node hidden'), fillOf.get('node outside'));
  for (const [name, fill] of looks.dots) {
    assert.ok(looks.legend.includes(fill), `${name}: ${fill}`);
  }
  const words = await tab.textContent('.legend');
  for (const kind of ['root', 'copy', 'undecided', 'not among these',
                      'in no family',
                      'clock overruled']) {
    assert.ok(words.includes(kind), kind);
  }
  await close();
});

test('a link that names nothing says so', async () => {
  const {tab, close} = await openPage(browser, 'desk',
                                      {hash: '#edge=nope,nada'});
  for (const [hash, noun, named] of [
    ['#edge=nope,nada', 'pair', 'nope,nada'], ['#doc=%', 'document', '%'],
    ['#doc=no%20such', 'document', 'no such'],
    ['#family=', 'family', 'nothing'],
    ['#doc=__proto__', 'document', '__proto__'],
    ['#edge=constructor,toString', 'pair', 'constructor,toString']]) {
    await tab.evaluate((to) => { location.hash = to; }, hash);
    await tab.waitForFunction(() => routed === location.hash);
    assert.equal(await heading(tab), `No such ${noun} on this page`);
    assert.equal(await tab.textContent('#detail .facts'),
                 `The link names ${named}.`);
    assert.equal(await tab.$('.node.on, .arrow.on, .panel.on'), null);
  }
  await tab.evaluate(() => { location.hash = '#x'; });
  await tab.waitForFunction(() => routed === location.hash);
  assert.equal(await tab.isHidden('#detail'), true);  // no link of this page's
  await close();
});

test('a document says why its parents have other confidences than its pairs',
     async () => {
  const {tab, close} = await openPage(browser, 'desk',
                                      {hash: '#doc=bridge-roundup'});
  const note = '#detail .note';
  assert.match(await tab.textContent(note),
               /of a second parent, how often one of its kind is right\./);
  await go(tab, '#doc=bridge-post');
  assert.doesNotMatch(await tab.textContent(note), /second parent/);
  await go(tab, '#doc=bridge-wire');
  assert.equal(await tab.$(note), null);  // it has none
  await close();
});

test('what came by way of a third text is told from what was copied',
     {skip: !hasPage('newsroom')}, async () => {
  const {tab, close} = await openPage(browser, 'newsroom');
  const index = await indexOf(tab);
  const isDirect = (edge) => {
    const {parents} = index.documents[edge.a + edge.b - edge.source];
    return parents.some(([number]) => number === edge.source);
  };
  const decided = index.edges.filter((edge) => edge.source !== null);
  const direct = decided.filter(isDirect);
  assert.ok(direct.length > 0 && direct.length < decided.length);
  assert.ok((await tab.textContent('.lede')).includes(
      `${decided.length} have a verdict on which goes back to the other (` +
      `${direct.length} directly, ${decided.length - direct.length} by way `));
  const surest = await tab.$$eval('#summary .columns a[href^="#edge="]',
      (links) => links.filter((link) => / from /.test(link.textContent))
          .map((link) => link.getAttribute('href')));
  assert.ok(surest.length > 0);
  const ways = new Map(decided.map(
      (edge) => [hashOfEdge(index, edge), isDirect(edge)]));
  for (const hash of surest) assert.equal(ways.get(hash), true, hash);
  for (const [hash, isStraight] of ways) {
    await go(tab, hash);
    assert.equal(/ by way of a third text$/.test(await heading(tab)),
                 !isStraight);
  }
  await close();
});

test('a date that was overruled is no beginning of a family', async () => {
  const {tab, close} = await openPage(browser, 'desk');
  const index = await indexOf(tab);
  await tab.click('#tab-families');
  const first = await tab.textContent(
      '#view-families tbody tr:nth-child(1) td:nth-child(5)');
  const named = (id) => index.documents.find((doc) => doc.id === id);
  assert.ok(named('bridge-early').time < named('bridge-wire').time);
  assert.equal(first, named('bridge-wire').when);
  await close();
});

test('the table of pairs has publishers and what is sure of third texts',
     async () => {
  const {tab, close} = await openPage(browser, 'desk');
  const index = await indexOf(tab);
  await tab.click('#tab-pairs');
  for (const [number, edge] of index.edges.entries()) {
    const cells = await tab.$$eval(`#view-pairs tr[data-e="${number}"] td`,
        (all) => all.map((cell) => cell.textContent));
    const publishers = [edge.a, edge.b].map(
        (doc) => index.documents[doc].publisher || '').sort();
    const shown = await tab.$$eval(
        `#view-pairs tr[data-e="${number}"] td.name`, (all) => all.map(
            (cell) => (cell.querySelector('small') || {textContent: ''})
                .textContent).sort());
    assert.deepEqual(shown, publishers);
    if (edge.relation === 'common_source') {
      assert.equal(cells[5], edge.confidence.toFixed(2));
    }
  }
  await close();
});

test('a table that is wider than its place has a shade where there is more',
     async () => {
  const {tab, close} = await openPage(browser, 'desk', {width: 390});
  await tab.click('#tab-pairs');
  const table = await tab.$eval('#view-pairs .table', (box) => ({
    isWider: box.scrollWidth > box.clientWidth,
    shades: getComputedStyle(box).backgroundAttachment}));
  assert.equal(table.isWider, true);
  assert.match(table.shades, /local.*scroll/);
  await close();
});

test('an arrow, a dot and a panel open what they stand for', async () => {
  const {tab, close} = await openPage(browser, 'desk');
  const arrow = tab.locator('.arrow.descent').first();
  const number = await arrow.getAttribute('data-e');
  await arrow.locator('.line').dispatchEvent('click');
  const index = await indexOf(tab);
  assert.equal(await tab.evaluate(() => location.hash),
               hashOfEdge(index, index.edges[number]));
  await tab.locator('.node[data-d="2"] circle').click();
  assert.equal(await heading(tab), index.documents[2].title);
  await tab.locator('.panel[data-f="1"] .title').dispatchEvent('click');
  assert.match(await heading(tab), /^The family of/);
  await close();
});

test('search finds titles, publishers and texts', async () => {
  const {tab, close} = await openPage(browser, 'desk');
  const index = await indexOf(tab);
  const search = async (query) => {
    await tab.fill('#search', query);
    await searched(tab, query);
    return tab.$$eval('.node.match', (found) => found.length);
  };
  assert.equal(await search('no bridge, no eels'), 1);
  assert.equal(await search('OSTRELLE MAIL'), index.documents.filter(
      (doc) => doc.publisher === 'Ostrelle Mail').length);
  assert.equal(await search('umbrellas'), 2);  // in two texts alone
  const links = await tab.$$eval('#found a', (found) => found.length);
  assert.equal(links, 2);
  assert.equal(await search('nothing has this'), 0);
  assert.match(await tab.textContent('#found'), /Nothing found/);
  await search('umbrellas');
  await tab.press('#search', 'Enter');
  assert.equal(await tab.isVisible('#detail'), true);
  await close();
});

test('filters narrow the tables of publishers, families and documents down',
     async () => {
  const {tab, close} = await openPage(browser, 'desk');
  const index = await indexOf(tab);
  const rowsOf = async (view) => {
    await tab.click('#tab-' + view);
    return tab.$$eval(`#view-${view} tbody tr`, (all) => all.map((row) =>
        [...row.cells].map((cell) => cell.textContent.replace(/,/g, ''))));
  };
  const edgeOf = (x, y) => index.edges.find((edge) =>
      edge.a + edge.b === x + y && (edge.a === x || edge.a === y));
  // Documents and words by publishers, of the pairs that pass.
  const sums = (passes) => {
    const rows = {};
    index.documents.forEach((doc, n) => (doc.parents || []).forEach(
        ([source, likely, words]) => {
      const edge = edgeOf(source, n);
      if (likely < 0.5 || !edge || !passes(edge)) return;
      const key = index.documents[source].publisher + '|' + doc.publisher;
      const [documents, sum] = rows[key] || [0, 0];
      rows[key] = [documents + 1, sum + words];
    }));
    return rows;
  };
  const known = new Set(index.publishers.map(
      (row) => row.source + '|' + row.copy));
  const expectPublishers = async (passes) => {
    const wanted = Object.entries(sums(passes))
        .filter(([key]) => known.has(key))
        .map(([key, [documents, words]]) => `${key}|${documents}|${words}`);
    const shown = (await rowsOf('publishers'))
        .map((cells) => cells.slice(0, 4).join('|'));
    assert.deepEqual(shown.sort(), wanted.sort());
    return shown.length;
  };
  const all = (await rowsOf('publishers')).length;
  assert.equal(all, index.publishers.length);
  const families = (await rowsOf('families')).length;
  const documents = (await rowsOf('documents')).length;
  await tab.fill('#f-words', '150');
  const passes = (edge) => edge.words >= 150;
  const left = await expectPublishers(passes);
  assert.ok(left > 0 && left < all);
  const inPairs = new Set(index.edges.filter(passes)
      .flatMap((edge) => [edge.a, edge.b]));
  assert.equal((await rowsOf('documents')).length, inPairs.size);
  assert.ok(inPairs.size < documents);
  assert.equal((await rowsOf('families')).length, index.families.filter(
      (family) => family.members.some((n) => inPairs.has(n))).length);
  await tab.fill('#f-words', '');
  await tab.selectOption('#f-relation', 'excerpt');
  await expectPublishers((edge) => edge.relation === 'excerpt');
  await tab.selectOption('#f-relation', '');
  await tab.fill('#f-from', '2030-01-01');
  for (const view of ['publishers', 'families', 'documents']) {
    assert.deepEqual(await rowsOf(view), []);
  }
  await reset(tab);
  await tab.fill('#search', 'nothing has this');
  await searched(tab, 'nothing has this');
  assert.deepEqual(await rowsOf('publishers'), []);
  await tab.fill('#search', '');
  await searched(tab, '');
  assert.equal((await rowsOf('publishers')).length, all);
  assert.equal((await rowsOf('families')).length, families);
  await close();
});

test('the graph says that there is more below', async () => {
  const {tab, close} = await openPage(browser, 'desk',
                                      {width: 1440, height: 500});
  const says = () => tab.$eval('.canvas',
                               (box) => box.classList.contains('goes-on'));
  assert.ok(await says());
  await tab.click('#zoom-fit');
  assert.ok(!await says());
  await close();
});

test('filters narrow the graph and the table down', async () => {
  const {tab, close} = await openPage(browser, 'desk');
  const index = await indexOf(tab);
  await tab.check('#f-indirect');
  assert.equal((await tab.$$('.arrow[data-e]')).length, index.edges.length);
  await tab.click('#tab-pairs');
  assert.ok(!await tab.isVisible('#f-indirect'));
  const rows = () => tab.$$eval('#view-pairs tbody tr', (all) => all.length);
  const expectEdges = async (passes) => {
    const wanted = index.edges.filter(passes).length;
    assert.equal(await rows(), wanted);
    assert.ok(wanted > 0 && wanted < index.edges.length);
    const out = await tab.$$eval('.arrow[data-e].out', (all) => all.length);
    assert.equal(out, index.edges.length - wanted);
  };
  await tab.selectOption('#f-relation', 'quotation');
  await expectEdges((edge) => edge.relation === 'quotation');
  await tab.selectOption('#f-relation', '');
  await tab.selectOption('#f-kind', 'quotation');
  await expectEdges((edge) => edge.kinds.includes('quotation'));
  await tab.selectOption('#f-kind', '');
  await tab.fill('#f-words', '150');
  await expectEdges((edge) => edge.words >= 150);
  await tab.fill('#f-words', '');
  await tab.selectOption('#f-publisher', 'Coast Wire');
  await expectEdges((edge) => [edge.a, edge.b].some(
      (n) => index.documents[n].publisher === 'Coast Wire'));
  await tab.selectOption('#f-publisher', '');
  await tab.fill('#f-from', '2024-05-10');
  await expectEdges((edge) => [edge.a, edge.b].every((n) =>
      index.documents[n].time >= Date.parse('2024-05-10')));
  assert.match(await tab.textContent('#filtered'), /^\d+ of \d+ pairs$/);
  await reset(tab);
  assert.equal(await rows(), index.edges.length);
  await close();
});

test('tables sort by what was clicked', async () => {
  const {tab, close} = await openPage(browser, 'desk');
  await tab.click('#tab-pairs');
  const words = () => tab.$$eval('#view-pairs tbody tr td:nth-child(4)',
      (cells) => cells.map((cell) => Number(cell.textContent)));
  await tab.click('#view-pairs th:nth-child(4) button');
  const falling = await words();
  assert.deepEqual(falling, [...falling].sort((x, y) => y - x));
  assert.equal(await tab.getAttribute('#view-pairs th:nth-child(4)',
                                      'aria-sort'), 'descending');
  await tab.click('#view-pairs th:nth-child(4) button');
  assert.deepEqual(await words(), [...falling].reverse());
  await close();
});

test('keys reach everything', async () => {
  const {tab, close} = await openPage(browser, 'desk');
  const index = await indexOf(tab);
  const hash = () => tab.evaluate(() => location.hash);
  await tab.keyboard.press('n');
  assert.equal(await hash(), hashOfEdge(index, index.edges[0]));
  await tab.keyboard.press('n');
  assert.equal(await hash(), hashOfEdge(index, index.edges[1]));
  await tab.keyboard.press('j');
  assert.ok(await tab.$('mark.on'));
  await tab.keyboard.press('p');
  await tab.keyboard.press('p');
  assert.equal(await hash(), hashOfEdge(index, index.edges.at(-1)));
  await tab.keyboard.press('Escape');
  assert.equal(await tab.isHidden('#detail'), true);

  await tab.keyboard.press('/');
  await tab.keyboard.type('umbrellas');
  await searched(tab, 'umbrellas');
  assert.equal(await hash(), '');  // letters were not taken for keys
  await tab.keyboard.press('ArrowDown');
  assert.equal(await tab.evaluate(() => document.activeElement.tagName), 'A');
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('Escape');
  assert.equal(await tab.inputValue('#search'), '');

  await tab.focus('.node[tabindex="0"]');
  const first = await tab.evaluate(() => document.activeElement.dataset.d);
  await tab.keyboard.press('ArrowRight');
  const second = await tab.evaluate(() => document.activeElement.dataset.d);
  assert.notEqual(first, second);
  await tab.keyboard.press('Enter');
  assert.equal(await hash(), '#doc=' + index.documents[second].key);

  await tab.focus('#tab-graph');
  await tab.keyboard.press('ArrowRight');
  assert.equal(await tab.isVisible('#view-families'), true);
  const outline = await tab.evaluate(
      () => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, 'solid');
  await close();
});

test('the graph zooms and moves, and comes back', async () => {
  const {tab, close} = await openPage(browser, 'desk');
  const box = () => tab.$eval('#graph',
      (svg) => svg.getAttribute('viewBox').split(' ').map(Number));
  const [x, , width] = await box();
  await tab.click('#zoom-in');
  assert.ok((await box())[2] < width);
  await tab.click('#zoom-out');
  assert.ok(Math.abs((await box())[2] - width) < 1);
  const area = await tab.locator('#graph').boundingBox();
  await tab.mouse.move(area.x + 300, area.y + 200);
  await tab.mouse.down();
  await tab.mouse.move(area.x + 200, area.y + 200, {steps: 4});
  await tab.mouse.up();
  assert.ok((await box())[0] > x + 20);
  assert.equal(await tab.isHidden('#detail'), true);  // no click
  await tab.click('#zoom-fit');
  const [fx, fy, fw, fh] = await box();
  const content = await tab.$$eval('.sheet', (rects) => rects.map((rect) => {
    const {x: px, y: py, width: pw, height: ph} = rect.getBBox();
    return [px, py, px + pw, py + ph];
  }));
  for (const [left, top, right, bottom] of content) {
    assert.ok(left >= fx && top >= fy && right <= fx + fw &&
              bottom <= fy + fh);
  }
  await close();
});

test('paper has the summary, all tables and the pair', async () => {
  const {tab, close} = await openPage(browser, 'desk',
                                      {hash: '#edge=bridge-wire,bridge-post'});
  const pdf = await tab.pdf({format: 'A4'});
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  await tab.emulateMedia({media: 'print'});
  const index = await indexOf(tab);
  // Printing has made them.
  assert.equal(await tab.$$eval('#view-pairs tbody tr', (all) => all.length),
               index.edges.length);
  for (const part of ['#summary', '#graph', '#view-pairs', '#view-documents',
                      '#view-publishers', '#detail .text', '.card']) {
    assert.equal(await tab.locator(part).first().isVisible(), true, part);
  }
  assert.equal(await tab.isVisible('#filters'), false);
  const cut = await tab.$$eval('.text', (panes) =>
      panes.some((pane) => pane.scrollHeight > pane.clientHeight + 1));
  assert.equal(cut, false);  // whole texts
  await close();
});

test('the newsroom\'s page is under two megabytes',
     {skip: !hasPage('newsroom')}, async () => {
  const {tab, close} = await openPage(browser, 'newsroom');
  const bytes = (await tab.content()).length;
  console.log(`newsroom: ${bytes} bytes`);
  assert.ok(bytes < 2e6);
  await close();
});
