import type { ElectronApplication } from 'playwright-core';

/**
 * From now on nothing opens in a real browser: what would is written down instead.
 * Returns the way to read the list.
 */
export async function recordOpenedLinks(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { openedLinks: opened });
    shell.openExternal = (url) => {
      opened.push(url);
      return Promise.resolve();
    };
  });
  return () => app.evaluate(() => (globalThis as unknown as { openedLinks: string[] }).openedLinks);
}
