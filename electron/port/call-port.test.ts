import { createORPCClient, type Client } from '@orpc/client';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { callPort } from './call-port.ts';
import { fakePort } from './testing/fake-port.ts';
import { MALFORMED, wildFrame } from './testing/wild-frames.ts';

type App = { app: { info: Client<Record<string, never>, undefined, string, Error> } };

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(() => {
  process.off('unhandledRejection', note);
});
const settled = () => new Promise((resolve) => setImmediate(resolve));

function called() {
  const end = fakePort();
  let bad = 0;
  const { link, letGo } = callPort(end.port, () => {
    bad += 1;
  });
  const client = createORPCClient<App>(link);
  const idOfLast = () => (JSON.parse(end.sent.at(-1) ?? '') as { i: string }).i;
  return { ...end, client, letGo, bad: () => bad, idOfLast };
}

const answer = (id: string) => JSON.stringify({ i: id, p: { b: { json: 'well', meta: [] } } });

/** The event of a stream that nobody listens to any more is not a bad frame. */
const isAnswer = (frame: unknown) => frame === '{"i":"1","t":3,"p":{"e":"message"}}';

it.each(MALFORMED.filter((frame) => !isAnswer(frame)))('takes %s for no answer', async (frame) => {
  const { say, bad } = called();
  say(frame);
  await settled();
  expect(bad()).toBe(1);
  expect(unhandled).toEqual([]);
});

it('throws at nothing, and hears the answer that comes after it', async () => {
  const { say, client, idOfLast } = called();
  await fc.assert(
    fc.asyncProperty(
      wildFrame((id) => answer(`x${id}`)),
      async (frame) => {
        say(frame);
        await Promise.resolve();
      },
    ),
    { numRuns: 10_000 },
  );
  await settled();
  expect(unhandled).toEqual([]);
  const info = client.app.info();
  await settled();
  say(answer(idOfLast()));
  expect(await info).toBe('well');
});

it('fails what is under way when it is let go of', async () => {
  const { client, letGo } = called();
  const info = client.app.info();
  await settled();
  letGo();
  letGo();
  await expect(info).rejects.toThrow();
});
