import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import type { Status } from '../../../web-demo/kit/status.ts';

/** A browser may take twenty seconds to subscribe. */
const PATIENCE = { timeout: 60_000, interval: 50 };

/** What the element says about itself. */
export interface ReadKit {
  state: string;
  problem: string;
  text: string;
}

export const readKit = (page: Page): Promise<ReadKit> =>
  page.evaluate(() => {
    const element = document.querySelector<HTMLElement>('pushdesk-subscribe');
    return {
      state: element?.dataset['state'] ?? '',
      problem: element?.dataset['problem'] ?? '',
      text: element?.shadowRoot?.querySelector('[part=status]')?.textContent ?? '',
    };
  });

/** Waits until the element says so. */
export async function whenKit(page: Page, expected: Partial<ReadKit>): Promise<void> {
  await expect.poll(() => readKit(page), PATIENCE).toMatchObject(expected);
}

/** A real press on the button of the element, once it accepts one: while the kit is looking at what there is, it accepts none. */
export async function pressKit(page: Page): Promise<void> {
  const button = await page.waitForSelector('pushdesk-subscribe >>> [part=button][aria-disabled=false]');
  await button?.click();
}

export const kitState = (page: Page): Promise<Status> =>
  page.evaluate(() => (globalThis as unknown as { pushdesk: { state(): Promise<Status> } }).pushdesk.state());

/** Empties the Cache API, as the worker of many a site does when a new version of it takes over. */
export const deleteAllCaches = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
