import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { subscriptionJsonSchema, type SubscriptionJson } from '../../../electron/contract/http.ts';

/** The page itself gives a browser twenty seconds to subscribe. */
const PATIENCE = { timeout: 60_000, interval: 50 };

/** What a person reads on the subscribe page. */
export interface ReadPage {
  headline: string;
  detail: string;
  cure: string;
  problem: string;
}

export async function readPage(page: Page): Promise<ReadPage> {
  return page.$eval('#status', (status) => {
    const text = (id: string) => document.getElementById(id)?.textContent ?? '';
    return {
      headline: text('headline'),
      detail: text('detail'),
      cure: text('cure'),
      problem: (status as HTMLElement).dataset['problem'] ?? '',
    };
  });
}

/** Waits until the page says so. */
export async function whenPageSays(page: Page, expected: Partial<ReadPage>): Promise<void> {
  await expect.poll(() => readPage(page), PATIENCE).toMatchObject(expected);
}

/** The subscription in the page's box. */
export async function readJson(page: Page): Promise<SubscriptionJson> {
  const text = await page.$eval('#subscription-json', (box) => (box as HTMLTextAreaElement).value);
  return subscriptionJsonSchema.parse(JSON.parse(text));
}

export const pressSubscribe = (page: Page) => page.click('::-p-aria(Subscribe[role="button"])');
export const pressCancel = (page: Page) => page.click('::-p-aria(Cancel subscription[role="button"])');
