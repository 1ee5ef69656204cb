// Takes pictures of a page: node screenshots.mjs PAGE.html FOLDER
//
// The graph, a pair, a family, tables, and print, in light and dark, 1440 and
// 390 pixels wide; and readme.png, the picture of the README.

import {mkdirSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

import {launch} from './support.mjs';

const [page, folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node screenshots.mjs PAGE.html FOLDER');
  process.exit(2);
}
mkdirSync(folder, {recursive: true});
const address = pathToFileURL(path.resolve(page)).href;
const browser = await launch();

// A pair of the largest family, or what else there is of it.
const open = async (tab, kind) => {
  await tab.evaluate((wanted) => {
    const index = JSON.parse(document.getElementById('data-index').textContent);
    const family = [...index.families].sort(
        (x, y) => y.members.length - x.members.length)[0];
    const inside = index.edges.filter((edge) => edge.source !== null &&
        [edge.a, edge.b].every((n) => family.members.includes(n)));
    // A copy that somebody worked on.
    const {a, b} = [...inside].sort(
        (x, y) => Math.abs(Math.max(...x.coverage) - 0.8) -
            Math.abs(Math.max(...y.coverage) - 0.8))[0];
    location.hash = wanted === 'edge' ?
        'edge=' + index.documents[a].key + ',' + index.documents[b].key :
        wanted === 'doc' ? 'doc=' + index.documents[a].key :
            'family=' + family.name;
  }, kind);
};

for (const colorScheme of ['light', 'dark']) {
  for (const [width, height] of [[1440, 900], [390, 844]]) {
    const tab = await browser.newPage({colorScheme,
                                       viewport: {width, height}});
    await tab.emulateMedia({colorScheme, reducedMotion: 'reduce'});
    const shoot = async (name, fullPage = true) => tab.screenshot({fullPage,
      path: path.join(folder, `${name}-${colorScheme}-${width}.png`)});
    await tab.goto(address);
    await shoot('graph');
    for (const kind of ['edge', 'family', 'doc']) {
      await open(tab, kind);
      await tab.waitForSelector('#detail h2');
      await shoot(kind);
    }
    await tab.evaluate(() => { location.hash = ''; });
    for (const view of ['pairs', 'documents', 'publishers']) {
      await tab.click('#tab-' + view);
      await shoot(view, false);
    }
    await tab.close();
  }
}

const tab = await browser.newPage({colorScheme: 'light', deviceScaleFactor: 1,
                                   viewport: {width: 1280, height: 940}});
await tab.emulateMedia({reducedMotion: 'reduce'});
await tab.goto(address);
await open(tab, 'edge');
await tab.waitForSelector('#detail h2');
await tab.evaluate(() => {
  document.querySelector('.canvas').scrollIntoView({block: 'start'});
});
await tab.screenshot({path: path.join(folder, 'readme.png')});
await tab.pdf({path: path.join(folder, 'print.pdf'), format: 'A4'});
await browser.close();
