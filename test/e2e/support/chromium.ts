import puppeteer, { type Page } from 'puppeteer-core';
import { findBrowserProgram, START_PATIENCE_MS } from './browser-program.ts';
import { closeBrowser } from './close-browser.ts';

/** A real Chromium with a profile of its own and no way off this machine. */
export interface Chromium {
  /** A page in which the site may show notifications. */
  newPage(origin: string): Promise<Page>;
  /** The addresses of all tabs, oldest first. */
  tabs(): Promise<string[]>;
  close(): Promise<void>;
}

/** Push events for the service workers of one page, without subscription and encryption. */
export interface PushDelivery {
  /**
   * Hands `data` to the service worker of that scope as the payload of a push message; `''`: a message without payload. First waits for the
   * worker to be registered, and afterwards for the notification that it shows. Asking for notifications while one is on its way makes
   * Chromium forget it.
   */
  deliverPush(scopeUrl: string, data: string): Promise<void>;
}

/** @param env what it gets besides what it inherits, such as the address of a session bus */
export async function launchChromium(env: Readonly<Record<string, string>> = {}): Promise<Chromium> {
  const browser = await puppeteer.launch({
    browser: 'chrome',
    executablePath: findBrowserProgram('chromium'),
    headless: true,
    env: { ...process.env, ...env },
    timeout: START_PATIENCE_MS,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
    ],
  });
  return {
    async newPage(origin) {
      const permission = { permission: { name: 'notifications' }, state: 'granted' } as const;
      await browser.defaultBrowserContext().setPermission(origin, permission);
      return browser.newPage();
    },
    tabs: async () => (await browser.pages()).map((page) => page.url()),
    close: () => closeBrowser(browser),
  };
}

/** Call it before the page registers its worker. */
export async function watchServiceWorkers(page: Page): Promise<PushDelivery> {
  const session = await page.createCDPSession();
  const registrations = new Map<string, string>();
  const waiting = new Set<() => void>();
  session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations: updated }) => {
    for (const { scopeURL, registrationId, isDeleted } of updated) {
      if (isDeleted) registrations.delete(scopeURL);
      else registrations.set(scopeURL, registrationId);
    }
    for (const wake of waiting) wake();
    waiting.clear();
  });
  await session.send('ServiceWorker.enable');
  await session.send('BackgroundService.setRecording', { shouldRecord: true, service: 'notifications' });
  await session.send('BackgroundService.startObserving', { service: 'notifications' });
  const nextShown = () =>
    new Promise<void>((resolve) => {
      session.once('BackgroundService.backgroundServiceEventReceived', () => {
        resolve();
      });
    });

  async function registrationOf(scopeUrl: string): Promise<string> {
    for (;;) {
      const known = registrations.get(scopeUrl);
      if (known !== undefined) return known;
      await new Promise<void>((resolve) => waiting.add(resolve));
    }
  }

  return {
    async deliverPush(scopeUrl, data) {
      const registrationId = await registrationOf(scopeUrl);
      const shown = nextShown();
      await session.send('ServiceWorker.deliverPushMessage', {
        origin: new URL(scopeUrl).origin,
        registrationId,
        data,
      });
      await shown;
    },
  };
}
