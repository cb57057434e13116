import type { Browser } from 'puppeteer-core';

const PATIENCE = 10_000;

/** Closes a browser as it wants to be closed; one that does not react is ended by its own process id. */
export async function closeBrowser(browser: Browser): Promise<void> {
  const child = browser.process();
  let patience: NodeJS.Timeout | undefined;
  const tooLong = new Promise<'too long'>((resolve) => {
    patience = setTimeout(() => {
      resolve('too long');
    }, PATIENCE);
  });
  const outcome = await Promise.race([browser.close(), tooLong]).finally(() => {
    clearTimeout(patience);
  });
  if (outcome === 'too long') child?.kill('SIGKILL');
}
