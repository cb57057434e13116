import { chromium, type Page } from 'playwright-core';
import { preview } from 'vite';
import { inject } from 'vitest';
import type { Scenario } from '../../renderer-preview/scenario.ts';
import { PREVIEW_CONFIG } from './build-preview.ts';
import { findBrowserProgram, START_PATIENCE_MS } from './browser-program.ts';
import { addWitness } from './evidence.ts';

export interface RendererPreview {
  /** Opens the window's page on an engine of sample data, at a screen such as `/keys`. */
  open(screen: string, options?: { scenario?: Scenario; width?: number }): Promise<PreviewPage>;
  close(): Promise<void>;
}

export interface PreviewPage {
  page: Page;
  /** What the page complained about so far. */
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

  return {
    async open(screen, { scenario = 'full', width = 1100 } = {}) {
      const page = await browser.newPage({ viewport: { width, height: 760 } });
      const complaints: string[] = [];
      const outside: string[] = [];
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('request', (request) => {
        if (!request.url().startsWith(home) && !request.url().startsWith('data:'))
          outside.push(request.url());
      });
      addWitness(async () => {
        if (page.isClosed()) return '';
        const screen = await page.locator('body').ariaSnapshot({ timeout: 2000 }).catch(String);
        return `The page ${page.url()} showed:\n${screen}\nIt complained of: ${JSON.stringify(complaints)}`;
      });
      await page.goto(`${home}?scenario=${scenario}#${screen}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      return { page, complaints, outside };
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
