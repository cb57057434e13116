import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../contract/problem.ts';
import { capturedLog } from '../../testing/captured-log.ts';
import { tempFolder } from '../../testing/temp-folder.ts';
import { openApiToken } from './api-token.ts';

const OF_ENVIRONMENT = 'of-the-environment-0123456789-0123456789';

function setting() {
  const file = path.join(tempFolder(), 'api-token');
  const captured = capturedLog();
  const open = (fromEnvironment: string | null = null) =>
    openApiToken({ file, fromEnvironment, log: captured.log });
  return { file, captured, open };
}

const modeOf = (file: string) => statSync(file).mode & 0o777;

describe('the API token', () => {
  it('is made at the first start, 32 bytes that only this user can read, and stays', async () => {
    const { file, open } = setting();
    const { token } = (await open()).show();
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(readFileSync(file, 'utf8')).toBe(`${token}\n`);
    expect(modeOf(file)).toBe(0o600);
    expect((await open()).show()).toEqual({ token, file });
  });

  it('is another one in another folder', async () => {
    expect((await setting().open()).show().token).not.toBe((await setting().open()).show().token);
  });

  it('is worth nothing once it is renewed', async () => {
    const { file, open } = setting();
    const keeper = await open();
    const { token: before } = keeper.show();
    const { token: after } = await keeper.renew();
    expect(keeper.isRight(before)).toBe(false);
    expect(keeper.isRight(after)).toBe(true);
    expect(modeOf(file)).toBe(0o600);
    expect((await open()).show().token).toBe(after);
  });

  it('takes no other text for it', async () => {
    const keeper = await setting().open();
    const { token } = keeper.show();
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
      const { file, open, captured } = setting();
      writeFileSync(file, text, { mode: 0o600 });
      const { token } = (await open()).show();
      expect(token).toHaveLength(43);
      expect(captured.text()).toContain('holds none');
    },
  );

  it('of the environment is used, is never written, and can only be renewed there', async () => {
    const { file, open } = setting();
    const { token: ofFile } = (await open()).show();
    const keeper = await open(OF_ENVIRONMENT);
    expect(keeper.show()).toEqual({ token: OF_ENVIRONMENT, file: null });
    expect(keeper.isRight(OF_ENVIRONMENT)).toBe(true);
    expect(keeper.isRight(ofFile)).toBe(false);
    await expect(keeper.renew()).rejects.toThrow(Refusal);
    expect(readFileSync(file, 'utf8')).toBe(`${ofFile}\n`);
  });

  it('stands in no log', async () => {
    const { open, captured } = setting();
    const keeper = await open();
    const { token } = keeper.show();
    const { token: renewed } = await keeper.renew();
    expect(captured.text()).toContain('made a new API token');
    expect(captured.text()).not.toContain(token);
    expect(captured.text()).not.toContain(renewed);
  });
});
