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

const firstLink = (tab, kind) => async () => {
  await tab.evaluate((wanted) => {
    const index = JSON.parse(document.getElementById('data-index').textContent);
    const [a, b] = [...index.edges]
        .sort((x, y) => (y.source !== null) - (x.source !== null) ||
              y.words - x.words)
        .map((edge) => [edge.a, edge.b])[0];
    location.hash = wanted === 'edge' ?
        'edge=' + index.documents[a].key + ',' + index.documents[b].key :
        wanted === 'doc' ? 'doc=' + index.documents[a].key :
            'family=' + index.families[0].name;
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
      await firstLink(tab, kind)();
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
                                   viewport: {width: 1280, height: 860}});
await tab.goto(address);
await tab.screenshot({path: path.join(folder, 'readme.png')});
await firstLink(tab, 'edge')();
await tab.waitForSelector('#detail h2');
await tab.pdf({path: path.join(folder, 'print.pdf'), format: 'A4'});
await browser.close();
