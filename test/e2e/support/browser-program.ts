import { existsSync } from 'node:fs';

/** How long a browser may take to start, in milliseconds: on a machine that has much else to do. */
export const START_PATIENCE_MS = 60_000;

const CANDIDATES = {
  firefox: [
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
  ],
  chromium: [
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ],
} as const;

/** Where the browser is on this machine; `PUSHDESK_FIREFOX` and `PUSHDESK_CHROMIUM` name another place. */
export function findBrowserProgram(name: keyof typeof CANDIDATES): string {
  const named = process.env[`PUSHDESK_${name.toUpperCase()}`];
  const found = named ?? CANDIDATES[name].find((path) => existsSync(path));
  if (found === undefined)
    throw new Error(`No ${name} was found. Install it, or name it in PUSHDESK_${name.toUpperCase()}.`);
  return found;
}
