import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordOpenedLinks } from './support/opened-links.ts';
import { ROOT, launchPushdesk, makeTempFolder, type Pushdesk } from './support/pushdesk.ts';

/** Each test attacks the window as a hostile script in its page would, or as hostile content beside it. */
const temp = makeTempFolder();
let pushdesk: Pushdesk;
let openedLinks: () => Promise<string[]>;

beforeAll(async () => {
  pushdesk = await launchPushdesk({ dataDir: temp.folder });
  await pushdesk.ready();
  openedLinks = await recordOpenedLinks(pushdesk.app);
});
afterAll(async () => {
  await pushdesk.quit();
  temp.remove();
});

const HOME = /^app:\/\/pushdesk\/index\.html/;
const heading = () => pushdesk.window.getByRole('heading', { level: 1 }).first();

describe('a hostile page', () => {
  it.each([
    'file:///etc/passwd',
    'data:text/html,<h1>caught</h1>',
    'javascript:document.title="caught"',
    'app://evil/index.html',
  ])('cannot navigate to %s, and nothing opens', async (url) => {
    const before = await openedLinks();
    await pushdesk.window.evaluate((target) => {
      const link = document.createElement('a');
      link.href = target;
      document.body.append(link);
      link.click();
      link.remove();
    }, url);
    await pushdesk.window.evaluate(() => new Promise(requestAnimationFrame));
    expect(pushdesk.window.url()).toMatch(HOME);
    expect(await heading().isVisible()).toBe(true);
    expect(await pushdesk.window.title()).not.toBe('caught');
    expect(await openedLinks()).toEqual(before);
  });

  it('that empties itself is loaded anew', async () => {
    await pushdesk.window.evaluate(() => {
      document.title = 'before';
      location.href = 'about:blank';
    });
    await expect.poll(() => pushdesk.window.title()).toMatch(/Pushdesk$/);
    expect(pushdesk.window.url()).toMatch(HOME);
  });

  it('cannot open a second window for anything else', async () => {
    const before = await openedLinks();
    const opened = await pushdesk.window.evaluate(() =>
      ['file:///etc/passwd', 'app://pushdesk/index.html', 'about:blank', 'smb://push.example/share'].map(
        (url) => window.open(url) !== null,
      ),
    );
    expect(opened).toEqual([false, false, false, false]);
    expect(pushdesk.app.windows()).toHaveLength(1);
    expect(await openedLinks()).toEqual(before);
  });

  it('reaches nothing of Node or Electron', async () => {
    const reached = await pushdesk.window.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron', '__dirname'].filter(
        (name) => name in window,
      ),
    );
    expect(reached).toEqual([]);
  });

  it('runs no script that is not a file of the app, and loads no frame', async () => {
    const ran = await pushdesk.window.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.caught = "inline"';
      const button = document.createElement('button');
      button.setAttribute('onclick', 'window.caught = "handler"');
      const frame = document.createElement('iframe');
      frame.src = 'app://pushdesk/index.html';
      document.body.append(script, button, frame);
      button.click();
      await new Promise(requestAnimationFrame);
      const frames = window.frames.length === 0 ? null : frame.contentDocument?.getElementById('root');
      for (const element of [script, button, frame]) element.remove();
      return { caught: 'caught' in window, framed: frames !== null && frames !== undefined };
    });
    expect(ran).toEqual({ caught: false, framed: false });
  });

  it('gets no webview', async () => {
    await pushdesk.window.evaluate(() => {
      const view = document.createElement('webview');
      view.setAttribute('src', 'app://pushdesk/index.html');
      view.setAttribute('nodeintegration', '');
      document.body.append(view);
    });
    const kinds = await pushdesk.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => contents.getType()),
    );
    expect(kinds).toEqual(['window']);
  });

  it('is denied every permission but writing to the clipboard', async () => {
    const answers = await pushdesk.window.evaluate(async () => {
      const ask = async (what: () => Promise<unknown>) => {
        try {
          await what();
          return 'granted';
        } catch {
          return 'denied';
        }
      };
      const state = async (name: string) =>
        (await navigator.permissions.query({ name: name as PermissionName })).state;
      return {
        notifications: await Notification.requestPermission(),
        microphone: await ask(() => navigator.mediaDevices.getUserMedia({ audio: true })),
        place: await ask(
          () =>
            new Promise((resolve, reject) => {
              navigator.geolocation.getCurrentPosition(resolve, reject);
            }),
        ),
        clipboardRead: await state('clipboard-read'),
        midi: await state('midi'),
        clipboardWrite: await state('clipboard-write'),
      };
    });
    expect(answers).toEqual({
      notifications: 'denied',
      microphone: 'denied',
      place: 'denied',
      clipboardRead: 'denied',
      midi: 'denied',
      clipboardWrite: 'granted',
    });
  });

  it.each([
    '../main/index.cjs',
    '..%2fmain%2findex.cjs',
    '%2e%2e%2fmain%2findex.cjs',
    'assets/..%2f..%2f..%2fpackage.json',
    '..%5cmain%5cindex.cjs',
    '%2fetc%2fpasswd',
  ])('reads no file outside the folder of the window: %s', async (name) => {
    const status = await pushdesk.app.evaluate(
      async ({ net }, url) => (await net.fetch(url)).status,
      `app://pushdesk/${name}`,
    );
    expect(status).toBe(404);
  });
});

describe('a foreign page', () => {
  it.each(['data:text/html,<h1>foreign</h1>', 'app://pushdesk/index.html'])(
    'that gets hold of the preload script gets no way to the engine, and disturbs nobody’s: %s',
    async (url) => {
      const preload = path.join(ROOT, 'out', 'preload', 'index.cjs');
      expect(readdirSync(path.dirname(preload))).toContain('index.cjs');
      await pushdesk.app.evaluate(
        ({ BrowserWindow, ipcMain, webContents }, foreign) => {
          const window = new BrowserWindow({
            show: false,
            webPreferences: { preload: foreign.preload, sandbox: true },
          });
          const contents = window.webContents;
          const seen = { asked: false, ports: 0 };
          Object.assign(globalThis, { foreignWindow: window, foreignSeen: seen });
          for (const any of webContents.getAllWebContents()) {
            any.postMessage = () => {
              seen.ports += 1;
            };
          }
          ipcMain.on('pushdesk:connect', (event) => {
            if (event.sender === contents) seen.asked = true;
          });
          void window.loadURL(foreign.url);
        },
        { preload, url },
      );
      const seen = () =>
        pushdesk.app.evaluate(
          () => (globalThis as unknown as { foreignSeen: { asked: boolean; ports: number } }).foreignSeen,
        );
      await expect.poll(seen).toEqual({ asked: true, ports: 0 });
      await pushdesk.app.evaluate(() => {
        (globalThis as unknown as { foreignWindow: { destroy(): void } }).foreignWindow.destroy();
      });
    },
  );
});
