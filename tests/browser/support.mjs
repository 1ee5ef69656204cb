// The browser of these tests: Debian's Chromium, or $CHROMIUM.

import {existsSync} from 'node:fs';

export const executable = process.env.CHROMIUM || '/usr/bin/chromium';
export const hasBrowser = existsSync(executable);

export const launch = async () => {
  const {chromium} = await import('playwright-core');
  const isRoot = process.getuid && process.getuid() === 0;
  return chromium.launch({
    executablePath: executable,
    args: isRoot ? ['--no-sandbox'] : [],
  });
};
