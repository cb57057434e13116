import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordOpenedLinks } from './support/opened-links.ts';
import { goTo, heading, type ScreenName } from './support/person.ts';
import {
  electronProgram,
  ROOT,
  inheritedEnv,
  launchPushdesk,
  makeTempFolder,
  type Pushdesk,
} from './support/pushdesk.ts';

const SWITCHES = process.getuid?.() === 0 ? ['--no-sandbox'] : [];

let temp: ReturnType<typeof makeTempFolder>;
let pushdesk: Pushdesk | null;
beforeEach(() => {
  temp = makeTempFolder();
  pushdesk = null;
});
afterEach(async () => {
  await pushdesk?.quit();
  temp.remove();
});

const launch = async (port: number | null = 0) => {
  pushdesk = await launchPushdesk({ dataDir: temp.folder, port });
  await pushdesk.ready();
  return pushdesk;
};

describe('the window', () => {
  it('is one: a second start brings it to the front and ends', async () => {
    const { app } = await launch();
    const isVisible = () =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isVisible()));
    // Shown once it is painted, which may be after the engine is ready: hidden before, it would come back by itself.
    await expect.poll(isVisible).toEqual([true]);
    await app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.hide();
    });
    expect(await isVisible()).toEqual([false]);

    const second = spawn(electronProgram(), [...SWITCHES, ROOT], {
      env: { ...inheritedEnv(), PUSHDESK_DATA_DIR: temp.folder },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let said = '';
    second.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    expect(await once(second, 'close')).toEqual([0, null]);
    expect(said).toContain('Pushdesk is already running');
    await expect.poll(isVisible).toEqual([true]);
  });

  it('remembers its size and place', async () => {
    const bounds = { x: 48, y: 36, width: 901, height: 653 };
    const first = await launch();
    const boundsOf = ({ app }: Pushdesk) =>
      app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds());
    await first.app.evaluate(({ BrowserWindow }, wanted) => {
      BrowserWindow.getAllWindows()[0]?.setBounds(wanted);
    }, bounds);
    await expect.poll(() => boundsOf(first)).toEqual(bounds);
    expect(await first.quit()).toBe(0);

    const second = await launch();
    await expect.poll(() => boundsOf(second)).toEqual(bounds);
  });

  it('opens each screen from the menu', async () => {
    const { app, window } = await launch();
    const screens: ScreenName[] = [
      'Compose',
      'Campaigns',
      'Subscriptions',
      'Keys',
      'Server',
      'Settings',
      'Overview',
    ];
    for (const screen of screens) {
      await app.evaluate(({ Menu }, label) => {
        const view = Menu.getApplicationMenu()?.items.find((item) => item.label === 'View');
        view?.submenu?.items.find((item) => item.label === label)?.click();
      }, screen);
      await expect.poll(() => heading(window)).toBe(screen);
    }
  });

  it('reloads into a working app: the page gets a new port to the engine', async () => {
    const { window } = await launch();
    await goTo(window, 'Server');
    await window.reload();
    await expect.poll(() => heading(window)).toBe('Server');
    await window.getByRole('switch', { name: 'Embedded server' }).waitFor();
  });

  it('opens the subscribe page in the browser', async () => {
    const { app, window, ready } = await launch();
    const opened = await recordOpenedLinks(app);
    await goTo(window, 'Server');
    await window.getByRole('button', { name: 'Open subscribe page' }).click();
    await expect.poll(opened).toEqual([await ready()]);
  });

  it('shows the address where there is no browser to open it', async () => {
    const { app, window, ready } = await launch();
    await recordOpenedLinks(app, 3);
    await goTo(window, 'Server');
    await window.getByRole('button', { name: 'Open subscribe page' }).click();
    const notice = window.getByRole('alert').filter({ hasText: 'Pushdesk could not open a browser.' });
    await notice.waitFor();
    expect(await notice.innerText()).toContain(`Open ${await ready()} in a browser on this machine.`);
    await notice.getByRole('button', { name: 'Copy address' }).click();
    await notice.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(await ready());
  });

  it('offers the address of a link that no browser opens', async () => {
    const { app, window, ready } = await launch();
    await recordOpenedLinks(app, 3);
    await app.evaluate(({ dialog }) => {
      const asked: unknown[] = [];
      Object.assign(globalThis, { asked });
      dialog.showMessageBox = ((_window: unknown, options: unknown) => {
        asked.push(options);
        return Promise.resolve({ response: 0, checkboxChecked: false });
      }) as typeof dialog.showMessageBox;
    });
    await goTo(window, 'Server');
    await window.getByRole('link', { name: /openapi\.json$/ }).click();
    const address = `${await ready()}api/v1/openapi.json`;
    await expect
      .poll(() => app.evaluate(() => JSON.stringify((globalThis as unknown as { asked: unknown[] }).asked)))
      .toContain(address);
    await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(address);
  });
});

describe('the process', () => {
  it('outlives the terminal that it prints to', async () => {
    const { app, window } = await launch();
    await app.evaluate(() => {
      for (const stream of [process.stdout, process.stderr]) stream.emit('error', new Error('write EPIPE'));
    });
    await goTo(window, 'Settings');
  });

  it('ends cleanly on SIGTERM', async () => {
    const { app } = await launch();
    const ended = once(app.process(), 'exit');
    pushdesk = null;
    app.process().kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(existsSync(path.join(temp.folder, 'pushdesk.db'))).toBe(true);
    expect(existsSync(path.join(temp.folder, 'pushdesk.db-wal'))).toBe(false);
  });
});

describe('the port of the server', () => {
  it('is the next free one where the one of the settings is taken, and the app says so', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    try {
      // A port that was named for the run could not be changed.
      const first = await launch(null);
      await goTo(first.window, 'Settings');
      const field = first.window.getByLabel('Port', { exact: true });
      await field.fill(String(port));
      await field.press('Enter');
      await goTo(first.window, 'Overview');
      await first.quit();
      const { window, ready, output } = await launch(null);
      const url = await ready();
      const why = `Another program uses port ${port}, so the server runs on port ${new URL(url).port}.`;
      await expect.poll(output).toContain(why);
      const used = Number(new URL(url).port);
      expect(used).toBeGreaterThan(port);
      expect((await fetch(new URL('healthz', url))).status).toBe(200);
      await goTo(window, 'Server');
      await expect.poll(() => window.getByRole('main').innerText()).toContain(why);
      expect(await window.getByRole('main').innerText()).toContain(url);
    } finally {
      other.close();
    }
  });
});
