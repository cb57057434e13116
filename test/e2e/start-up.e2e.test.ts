import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { goTo, heading } from './support/person.ts';
import { launchPushdesk, makeTempFolder, type LaunchOptions, type Pushdesk } from './support/pushdesk.ts';

/** Each test starts a broken app: it must say what happened, why, and what to do, and never show an empty window. */
let temp: ReturnType<typeof makeTempFolder>;
let running: Pushdesk[];
beforeEach(() => {
  temp = makeTempFolder();
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((pushdesk) => pushdesk.quit()));
  temp.remove();
});

const launch = async (options: LaunchOptions) => {
  const pushdesk = await launchPushdesk(options);
  running.push(pushdesk);
  return pushdesk;
};
const quit = async (pushdesk: Pushdesk) => {
  running = running.filter((other) => other !== pushdesk);
  return pushdesk.quit();
};
const words = (pushdesk: Pushdesk) => pushdesk.window.locator('main').innerText();

describe('a start that fails', () => {
  it('names a data folder that cannot be written to, and goes on once it can', async () => {
    const file = path.join(temp.folder, 'taken');
    const dataDir = path.join(file, 'data');
    writeFileSync(file, 'a file where a folder should be');
    const pushdesk = await launch({ dataDir });
    await expect
      .poll(() => words(pushdesk))
      .toContain(`Pushdesk cannot write to its data folder, ${dataDir}: part of the path is a file.`);
    expect(await words(pushdesk)).toContain('set PUSHDESK_DATA_DIR to another folder');
    expect(pushdesk.output()).toContain('cannot write to its data folder');
    expect(pushdesk.output()).not.toContain('is ready');

    await pushdesk.window.getByRole('link', { name: 'Try again' }).click();
    await expect.poll(() => words(pushdesk)).toContain('cannot write to its data folder');
    rmSync(file);
    await pushdesk.window.getByRole('link', { name: 'Try again' }).click();
    await expect.poll(() => heading(pushdesk.window)).toBe('Overview');
    await pushdesk.ready();
    expect(existsSync(path.join(dataDir, 'pushdesk.db'))).toBe(true);
  });

  it('leaves nothing in the temporary folder', async () => {
    const file = path.join(temp.folder, 'taken');
    const temporary = path.join(temp.folder, 'tmp');
    writeFileSync(file, 'a file where a folder should be');
    mkdirSync(temporary);
    const pushdesk = await launch({ dataDir: file, env: { TMPDIR: temporary } });
    await expect.poll(() => words(pushdesk)).toContain('cannot write to its data folder');
    expect(readdirSync(temporary)).toContainEqual(expect.stringMatching(/^pushdesk-/));
    expect(await quit(pushdesk)).toBe(0);
    await expect.poll(() => readdirSync(temporary)).toEqual([]);
  });

  it('names a damaged store and leaves it as it is', async () => {
    const file = path.join(temp.folder, 'pushdesk.db');
    const damaged = 'This was a database once. '.repeat(500);
    writeFileSync(file, damaged);
    const pushdesk = await launch({ dataDir: temp.folder });
    await expect.poll(() => words(pushdesk)).toContain(`The data file ${file} is damaged`);
    expect(await words(pushdesk)).toContain('backups folder');
    expect(readFileSync(file, 'utf8')).toBe(damaged);
  });

  it('refuses a store from the future, and writes nothing into it', async () => {
    const first = await launch({ dataDir: temp.folder });
    await first.ready();
    expect(await quit(first)).toBe(0);
    const file = path.join(temp.folder, 'pushdesk.db');
    const database = new Database(file);
    database.pragma('user_version = 99990');
    database.close();
    const before = readFileSync(file);

    const pushdesk = await launch({ dataDir: temp.folder });
    await expect.poll(() => words(pushdesk)).toContain('was written by a newer Pushdesk (schema 99990');
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('says what is wrong with PUSHDESK_PORT', async () => {
    const pushdesk = await launch({ dataDir: temp.folder, env: { PUSHDESK_PORT: 'http' } });
    await expect.poll(() => words(pushdesk)).toContain('PUSHDESK_PORT is "http", which is not a port.');
  });

  it('says which variables it does not read', async () => {
    const env = { PUSHDESK_PROT: '1', PUSHDESK_API_TOKEN: 'secret-of-somebody' };
    const pushdesk = await launch({ dataDir: temp.folder, env });
    await pushdesk.ready();
    expect(pushdesk.output()).toContain('There is no variable PUSHDESK_PROT');
    expect(pushdesk.output()).toContain('The app does not read PUSHDESK_API_TOKEN');
    expect(pushdesk.output()).not.toContain('secret-of-somebody');
  });

  it('goes on without a server where the port that was named is taken, and says so', async () => {
    const other = createServer();
    other.listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const pushdesk = await launch({ dataDir: temp.folder, port });
    const notice = pushdesk.window.getByText(
      `PUSHDESK_PORT asks for port ${port}, but another program uses it`,
    );
    await notice.waitFor();
    await expect.poll(() => heading(pushdesk.window)).toBe('Overview');
    await expect.poll(() => pushdesk.output()).toContain('Pushdesk is ready: its server could not start');
    expect(pushdesk.output()).toContain(`PUSHDESK_PORT asks for port ${port}`);
    await goTo(pushdesk.window, 'Server');
    await notice.waitFor();
    other.close();
    await once(other, 'close');
    await pushdesk.window.getByRole('switch', { name: 'Embedded server' }).click();
    await pushdesk.window.getByText(`http://localhost:${port}/`).first().waitFor();
    expect(await notice.count()).toBe(0);
  });

  it('can be left by Quit', async () => {
    mkdirSync(path.join(temp.folder, 'pushdesk.db'));
    const pushdesk = await launch({ dataDir: temp.folder });
    await expect.poll(() => words(pushdesk)).toContain('Pushdesk could not start');
    const ended = new Promise((resolve) => pushdesk.app.process().once('exit', resolve));
    running = [];
    // The window may be gone before it can say that it was clicked.
    const clicked = pushdesk.window.getByRole('link', { name: 'Quit' }).click().catch(String);
    expect(await ended, (await clicked) ?? '').toBe(0);
  });
});
