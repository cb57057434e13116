import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Generator } from '@angular/service-worker/config';
import type { Page } from 'puppeteer-core';
import { expect } from 'vitest';
import type { KitSite } from './kit-site.ts';

/** A worker by another maker that a site already has, which serves its pages from a cache. */
export interface SiteWorker {
  /** Waits until it serves the pages that are loaded from then on. */
  whenActive(page: Page): Promise<void>;
  /** Waits until it does its own work on that page: caches, and says that it does. */
  whenWorking(page: Page): Promise<void>;
}

const packaged = createRequire(import.meta.url);
const textOf = (site: KitSite, file: string) => {
  const found = site.files.get(file);
  if (typeof found !== 'string') throw new Error(`The site has no ${file}.`);
  return found;
};

/** Angular's own worker, with the list of files that Angular's own generator makes. @param pages those that it caches */
export async function addAngularWorker(
  site: KitSite,
  code: string,
  pages: readonly string[],
): Promise<SiteWorker> {
  const generator = new Generator(
    {
      list: () => Promise.resolve([...pages]),
      read: (file) => Promise.resolve(textOf(site, file)),
      hash: (file) => Promise.resolve(createHash('sha1').update(textOf(site, file)).digest('hex')),
      write: () => Promise.resolve(),
    },
    '/',
  );
  const control = await generator.process({
    index: '/index.html',
    assetGroups: [{ name: 'app', installMode: 'prefetch', resources: { files: ['/**'] } }],
  });
  site.files.set('/ngsw.json', JSON.stringify(control));
  site.files.set(
    '/ngsw-worker.js',
    await readFile(packaged.resolve('@angular/service-worker/ngsw-worker.js'), 'utf8'),
  );
  site.files.set('/sw.js', code);
  return {
    whenActive,
    async whenWorking(page) {
      await expect
        .poll(() => page.evaluate(async () => (await fetch('/ngsw/state')).text()))
        .toContain('Driver state: NORMAL');
      await expect.poll(() => page.evaluate(cacheNames)).toContainEqual(expect.stringContaining('ngsw:'));
    },
  };
}

/** Workbox as its documentation sets it up by hand, with its files on the site in place of Google's servers. */
export async function addWorkboxWorker(
  site: KitSite,
  code: string,
  pages: readonly string[],
): Promise<SiteWorker> {
  site.files.set('/workbox/workbox-sw.js', await buildOf('workbox-sw', 'workbox-sw.js'));
  for (const name of ['core', 'precaching', 'routing', 'strategies']) {
    site.files.set(
      `/workbox/workbox-${name}.prod.js`,
      await buildOf(`workbox-${name}`, `workbox-${name}.prod.js`),
    );
  }
  const entries = pages.map((url) => ({
    url,
    revision: createHash('sha1').update(textOf(site, url)).digest('hex'),
  }));
  site.files.set(
    '/sw.js',
    `${code}
importScripts('/workbox/workbox-sw.js');
workbox.setConfig({ modulePathPrefix: '/workbox/', debug: false });
workbox.core.skipWaiting();
workbox.core.clientsClaim();
workbox.precaching.precacheAndRoute(${JSON.stringify(entries)});
`,
  );
  return {
    whenActive,
    async whenWorking(page) {
      await expect
        .poll(() => page.evaluate(cacheNames))
        .toContainEqual(expect.stringContaining('workbox-precache'));
      const askedOfSite = async () => {
        const before = site.asked.length;
        expect(await page.evaluate(async () => (await fetch('/news.html')).text())).toContain('News');
        return site.asked.slice(before);
      };
      await expect.poll(askedOfSite, { message: 'what does not come from the cache' }).toEqual([]);
    },
  };
}

async function whenActive(page: Page): Promise<void> {
  const state = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistration('/'))?.active?.state);
  await expect.poll(state).toBe('activated');
}
const cacheNames = async () => caches.keys();
const buildOf = (name: string, file: string) => readFile(packaged.resolve(`${name}/build/${file}`), 'utf8');
