import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { tempEngine } from '../../testing/temp-engine.ts';

const tokenIn = (dataDir: string) => readFileSync(path.join(dataDir, 'api-token'), 'utf8').trim();

/** The local API of a whole engine on a real port. */
async function liveApi() {
  const temp = await tempEngine();
  const { url } = await temp.engine.start();
  const token = tokenIn(temp.options.dataDir);
  const ask = (path: string, withToken = token) =>
    fetch(new URL(`api/v1${path}`, url ?? ''), { headers: { authorization: `Bearer ${withToken}` } });
  return { ...temp, token, ask };
}

function linesOf(answer: Response) {
  const { status, headers } = answer;
  expect([status, headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    /** Resolves when this has arrived, or with `false` if the stream has ended without it. */
    async until(part: string): Promise<boolean> {
      while (!text.includes(part)) {
        const read = await reader?.read();
        if (read === undefined || read.done) return false;
        text += read.value;
      }
      return true;
    },
    cancel: () => reader?.cancel(),
  };
}

it('lets in who has the token of this engine, until it is renewed', async () => {
  const { client, ask, token, options } = await liveApi();
  expect((await ask('/app')).status).toBe(200);
  await client.server.renewApiToken();
  const renewed = tokenIn(options.dataDir);
  expect((await ask('/app', token)).status).toBe(401);
  expect((await ask('/app', renewed)).status).toBe(200);
});

it('tells changes as they happen', async () => {
  const { client, ask } = await liveApi();
  const answer = await ask('/changes');
  const lines = linesOf(answer);
  await client.keys.generate({ name: 'Shop', subject: 'mailto:owner@example.com' });
  expect(await lines.until('"keys"')).toBe(true);
  await lines.cancel();
  expect((await ask('/key-pairs')).status).toBe(200);
});

it('stops with streams that are open, and they end', async () => {
  const { engine, ask } = await liveApi();
  const lines = linesOf(await ask('/changes'));
  await engine.stop();
  expect(await lines.until('nothing that ever comes').catch(() => false)).toBe(false);
  await expect(ask('/app')).rejects.toThrow();
});

it('goes and comes with the server', async () => {
  const { client, ask } = await liveApi();
  const lines = linesOf(await ask('/changes'));
  await client.server.stop();
  expect(await lines.until('nothing that ever comes').catch(() => false)).toBe(false);
  await expect(ask('/app')).rejects.toThrow();
});
