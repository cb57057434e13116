import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../contract/problem.ts';
import { capturedLog } from '../../testing/captured-log.ts';
import { fakeHost } from '../../testing/fake-host.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { openApiToken, type ApiTokenKeeper } from './api-token.ts';

const NOW = Date.UTC(2026, 10, 29, 6, 57, 22, 123);
const OF_ENVIRONMENT = 'of-the-environment-0123456789-0123456789';

function setting() {
  const file = path.join(tempFolder(), 'api-token');
  const captured = capturedLog();
  const host = fakeHost();
  const open = (fromEnvironment: string | null = null, { desktop }: Pick<typeof host, 'desktop'> = host) =>
    openApiToken({ file, fromEnvironment, desktop, clock: { now: () => NOW }, log: captured.log });
  /** What the person sees of it. */
  const shown = async (keeper: ApiTokenKeeper): Promise<string> => {
    await keeper.show();
    return host.secrets.at(-1) ?? '';
  };
  return { file, captured, host, open, shown };
}

const modeOf = (file: string) => statSync(file).mode & 0o777;

describe('the API token', () => {
  it('is made at the first start, 32 bytes that only this user can read, and stays', async () => {
    const { file, open, shown } = setting();
    const token = await shown(await open());
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(readFileSync(file, 'utf8')).toBe(`${token}\n`);
    expect(modeOf(file)).toBe(0o600);
    expect(await shown(await open())).toBe(token);
  });

  it('is another one in another folder', async () => {
    const [one, other] = [setting(), setting()];
    expect(await one.shown(await one.open())).not.toBe(await other.shown(await other.open()));
  });

  it('is worth nothing once it is renewed', async () => {
    const { file, open, shown } = setting();
    const keeper = await open();
    const before = await shown(keeper);
    expect(await keeper.renew()).toEqual({ file });
    const after = await shown(keeper);
    expect(keeper.isRight(before)).toBe(false);
    expect(keeper.isRight(after)).toBe(true);
    expect(modeOf(file)).toBe(0o600);
    expect(await shown(await open())).toBe(after);
  });

  it('takes no other text for it', async () => {
    const { open, shown } = setting();
    const keeper = await open();
    const token = await shown(keeper);
    expect(keeper.isRight(token)).toBe(true);
    for (const wrong of ['', ' ', token.slice(1), `${token}x`, `${token}\n`, token.toUpperCase()]) {
      expect(keeper.isRight(wrong), JSON.stringify(wrong)).toBe(false);
    }
  });

  it('takes the rights of others away from its file', async () => {
    const { file, open } = setting();
    await open();
    chmodSync(file, 0o644);
    await open();
    expect(modeOf(file)).toBe(0o600);
  });

  it.each(['', 'short', 'with spaces '.repeat(5), `two lines\n${'x'.repeat(40)}`])(
    'is made anew where the file holds %j',
    async (text) => {
      const { file, open, captured, shown } = setting();
      writeFileSync(file, text, { mode: 0o644 });
      const token = await shown(await open());
      expect(token).toHaveLength(43);
      expect(captured.text()).toContain('has no token');
      const aside = `${file}.invalid-20261129065722123`;
      expect(existsSync(aside)).toBe(text !== '');
      if (text === '') return;
      expect(readFileSync(aside, 'utf8')).toBe(text);
      expect(modeOf(aside)).toBe(0o600);
      expect(captured.text()).toContain(aside);
      expect(captured.text()).not.toContain(text.trim());
    },
  );

  it('tells that its file held none, until it is renewed or the next start finds one', async () => {
    const { file, open } = setting();
    expect((await open()).problem()).toBeNull();
    writeFileSync(file, 'my token!');
    const keeper = await open();
    expect(keeper.problem()).toMatchObject({
      code: 'api-token-replaced',
      cause: expect.stringContaining(`${file}.invalid-`) as string,
    });
    expect((await open()).problem()).toBeNull();
    await keeper.renew();
    expect(keeper.problem()).toBeNull();
  });

  it('of the environment is used, is never written, and can only be renewed there', async () => {
    const { file, open, shown } = setting();
    const ofFile = await shown(await open());
    const keeper = await open(OF_ENVIRONMENT);
    expect(await keeper.show()).toEqual({ file: null });
    expect(await shown(keeper)).toBe(OF_ENVIRONMENT);
    expect(keeper.isRight(OF_ENVIRONMENT)).toBe(true);
    expect(keeper.isRight(ofFile)).toBe(false);
    await expect(keeper.renew()).rejects.toThrow(Refusal);
    expect(readFileSync(file, 'utf8')).toBe(`${ofFile}\n`);
  });

  it('stands in no log', async () => {
    const { open, captured, shown } = setting();
    const keeper = await open();
    const token = await shown(keeper);
    await keeper.renew();
    const renewed = await shown(keeper);
    expect(captured.text()).toContain('made a new API token');
    expect(captured.text()).not.toContain(token);
    expect(captured.text()).not.toContain(renewed);
  });

  it('is shown to a person and copied for them, and its caller never gets it', async () => {
    const { file, open, host } = setting();
    const keeper = await open();
    expect([await keeper.show(), await keeper.copy()]).toEqual([{ file }, { file }]);
    expect(host.secrets).toEqual(Array(2).fill(readFileSync(file, 'utf8').trim()));
  });

  it('is neither shown nor copied where nobody pressed anything, or there is no desktop', async () => {
    const { file, open } = setting();
    const unpressed = fakeHost({ pressed: false });
    const keeper = await open(null, unpressed);
    await expect(keeper.show()).rejects.toMatchObject({ problem: { code: 'api-token-press' } });
    await expect(keeper.copy()).rejects.toMatchObject({ problem: { code: 'api-token-press' } });
    expect(unpressed.secrets).toEqual([]);
    const headless = await openApiToken({
      file,
      fromEnvironment: null,
      desktop: null,
      clock: { now: () => NOW },
      log: capturedLog().log,
    });
    await expect(headless.show()).rejects.toMatchObject({
      problem: { code: 'no-desktop', cure: expect.stringContaining(file) as string },
    });
  });
});
