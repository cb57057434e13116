import { chromium, type Browser, type Page, type WebSocketRoute } from 'playwright-core';
import { preview } from 'vite';
import { inject } from 'vitest';
import type { Scenario } from '../../renderer-preview/scenario.ts';
import { PREVIEW_CONFIG } from './build-preview.ts';
import { findBrowserProgram, START_PATIENCE_MS } from './browser-program.ts';
import { addWitness } from './evidence.ts';

export interface RendererPreview {
  /**
   * Opens the window's page on an engine of sample data, at a screen such as `/keys`. It takes the place of the page that was open before,
   * which is left in the middle of whatever it did.
   */
  open(screen: string, options?: PreviewOptions): Promise<PreviewPage>;
  close(): Promise<void>;
}

interface PreviewOptions {
  scenario?: Scenario;
  /** Of the page, in pixels. */
  width?: number;
  /** Is put between engine and page, to hold answers back. */
  line?: HeldLine;
}

export interface PreviewPage {
  page: Page;
  /** What the page has complained about so far. */
  complaints: string[];
  /** Addresses off the preview's own server that were asked for. */
  outside: string[];
}

/** The user interface in a real Chromium, without Electron and engine: for what a person sees and presses. */
export async function startRendererPreview(): Promise<RendererPreview> {
  const server = await preview({
    configFile: PREVIEW_CONFIG,
    // As Node reads it: bundled, the engine would look for its threads beside the bundle.
    configLoader: 'native',
    logLevel: 'error',
    build: { outDir: inject('previewFolder') },
    preview: { host: '127.0.0.1', port: 0 },
  });
  const home = server.resolvedUrls?.local[0];
  if (home === undefined) throw new Error('The preview has no address.');
  const browser = await chromium.launch({
    executablePath: findBrowserProgram('chromium'),
    timeout: START_PATIENCE_MS,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
    ],
  });
  const shared = await watchedTab(browser, home);
  let special: WatchedTab | undefined;

  return {
    async open(screen, { scenario = 'full', width = 1100, line } = {}) {
      await special?.page.context().close();
      special = undefined;
      if (line) {
        special = await watchedTab(browser, home);
        await special.page.routeWebSocket(/\/engine/, line.pass);
      }
      const tab = special ?? shared;
      const { page } = tab;
      const heard = await tab.startAfresh();
      await page.setViewportSize({ width, height: 760 });
      await page.goto(`${home}?scenario=${scenario}#${screen}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      return { page, ...heard };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

type Heard = Omit<PreviewPage, 'page'>;

interface WatchedTab {
  page: Page;
  /** Forgets all that the last test left behind. */
  startAfresh(): Promise<Heard>;
}

/** A tab for many tests, one after another: a new one for each takes three times as long to load the same page. */
async function watchedTab(browser: Browser, home: string): Promise<WatchedTab> {
  const page = await browser.newPage();
  let heard: Heard = { complaints: [], outside: [] };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) heard.complaints.push(message.text());
  });
  page.on('pageerror', (error) => heard.complaints.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(home) && !/^(?:data|about):/.test(request.url()))
      heard.outside.push(request.url());
  });
  addWitness(async () => {
    if (page.isClosed() || !page.url().startsWith(home)) return '';
    const screen = await page.locator('body').ariaSnapshot({ timeout: 2000 }).catch(String);
    return `The page ${page.url()} showed:\n${screen}\nIt complained of: ${JSON.stringify(heard.complaints)}`;
  });
  return {
    page,
    async startAfresh() {
      if (page.url().startsWith(home))
        await page.evaluate(() => {
          localStorage.clear();
        });
      await page.goto('about:blank');
      await page.mouse.move(0, 0);
      await page.emulateMedia({ colorScheme: null, reducedMotion: null, forcedColors: null });
      await page.context().clearPermissions();
      heard = { complaints: [], outside: [] };
      return heard;
    },
  };
}

export interface HeldLine {
  pass: (socket: WebSocketRoute) => void;
  /** From now on the engine's answers wait. */
  hold: () => void;
  /** Lets them through, those that wait first. */
  letGo: () => void;
}

/** A line to an engine that answers when the test says so. */
export function heldLine(): HeldLine {
  const waiting: (() => void)[] = [];
  let isHeld = false;
  return {
    pass(socket) {
      socket.connectToServer().onMessage((answer) => {
        const send = () => {
          socket.send(answer);
        };
        if (isHeld) waiting.push(send);
        else send();
      });
    },
    hold() {
      isHeld = true;
    },
    letGo() {
      isHeld = false;
      for (const send of waiting.splice(0)) send();
    },
  };
}
