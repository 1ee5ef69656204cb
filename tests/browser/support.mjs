// What the tests share: the browser, Debian's Chromium or $CHROMIUM, and tabs
// that tell what went wrong in them. $PAGES is the folder that
// run_browser_tests.py fills.

import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import path from 'node:path';
import {pathToFileURL} from 'node:url';

export const launch = async () => {
  const {chromium} = await import('playwright-core');
  const isRoot = process.getuid && process.getuid() === 0;
  return chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: isRoot ? ['--no-sandbox'] : [],
  });
};

export const fileOf = (kind, name) =>
    path.join(process.env.PAGES || '.', kind, name);
export const hasPage = (kind) => existsSync(fileOf(kind, 'page.html'));
export const addressOf = (kind, hash = '') =>
    pathToFileURL(fileOf(kind, 'page.html')).href + hash;
export const linesOf = (kind, name) =>
    readFileSync(fileOf(kind, name), 'utf8').trim().split('\n')
        .map((line) => JSON.parse(line));

// A tab with a page. `troubles` collects errors, violations of the page's
// policy, dialogs, and requests for anything but the page.
export const openPage = async (browser, kind, options = {}) => {
  const {hash = '', width = 1440, height = 900, colorScheme = 'light'} =
      options;
  const context = await browser.newContext({
    colorScheme, reducedMotion: 'reduce', viewport: {width, height}});
  const tab = await context.newPage();
  const troubles = [];
  tab.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      troubles.push('console: ' + message.text());
    }
  });
  tab.on('pageerror', (error) => troubles.push('error: ' + error.message));
  tab.on('dialog', (dialog) => {
    troubles.push('dialog: ' + dialog.message());
    dialog.dismiss();
  });
  tab.on('request', (request) => {
    if (request.url().split('#')[0] !== addressOf(kind)) {
      troubles.push('request: ' + request.url().slice(0, 200));
    }
  });
  await tab.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => {
      window.violations.push(event.violatedDirective + ' ' + event.sample);
    });
  });
  await tab.goto(addressOf(kind, hash));
  const close = async () => {
    assert.deepEqual(await tab.evaluate(() => window.violations), []);
    assert.deepEqual(troubles, []);
    await context.close();
  };
  return {tab, troubles, close};
};

export const indexOf = (tab) => tab.evaluate(
    () => JSON.parse(document.getElementById('data-index').textContent));

export const hashOfEdge = (index, edge) => '#edge=' +
    index.documents[edge.a].key + ',' + index.documents[edge.b].key;

// Goes to an address within the page, and waits until it is shown.
export const go = async (tab, hash) => {
  await tab.evaluate((to) => { location.hash = to; }, hash);
  await tab.waitForFunction((to) => location.hash === to &&
      !document.getElementById('detail').hidden, hash);
  await tab.evaluate(() => new Promise((done) =>
      requestAnimationFrame(() => requestAnimationFrame(done))));
};

// For tests that every page must pass.
export const kinds = ['desk', 'hostile', 'newsroom'].filter(hasPage);
