import { eventIterator, oc } from '@orpc/contract';
import { implement } from '@orpc/server';
import { StandardRPCHandler } from '@orpc/server/standard';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createFrameBudget, FRAMES } from './frame-budget.ts';
import { MAX_OPEN_CALLS, servePort } from './serve-port.ts';
import { fakePort } from './testing/fake-port.ts';
import { MALFORMED, wildFrame } from './testing/wild-frames.ts';

const contract = {
  app: {
    info: oc.output(z.object({ version: z.string() })),
    echo: oc.input(z.strictObject({ text: z.string() })).output(z.string()),
    wait: oc.output(z.null()),
    stream: oc.output(eventIterator(z.number())),
  },
};

const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(() => {
  process.off('unhandledRejection', note);
});

/** Lets everything that was begun finish. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

function served(mayCome?: () => boolean) {
  const os = implement(contract);
  const aborted: string[] = [];
  const handler = new StandardRPCHandler(
    os.router({
      app: {
        info: os.app.info.handler(() => ({ version: '1' })),
        echo: os.app.echo.handler(({ input }) => input.text),
        wait: os.app.wait.handler(
          ({ signal }) =>
            new Promise((resolve) => {
              signal?.addEventListener('abort', () => {
                aborted.push('wait');
                resolve(null);
              });
            }),
        ),
        stream: os.app.stream.handler(async function* () {
          yield 1;
          await Promise.resolve();
          throw new Error('a defect with a secret');
        }),
      },
    }),
  );
  const end = fakePort();
  const bad: string[] = [];
  const defects: unknown[] = [];
  servePort(end.port, handler, {
    onBadFrame: (reason) => bad.push(reason),
    onDefect: (error) => defects.push(error),
    ...(mayCome === undefined ? {} : { mayCome }),
  });
  const call = (id: string, name: string, body: unknown = {}) => {
    end.say(JSON.stringify({ i: id, p: { u: `/app/${name}`, b: body } }));
  };
  return { ...end, call, bad, defects, aborted };
}

describe('what comes through a port', () => {
  it.each(MALFORMED)('%s is told as bad, and nothing is answered', async (frame) => {
    const { say, bad, sent } = served();
    say(frame);
    await settled();
    expect(bad).toEqual(['not a frame of the protocol']);
    expect(sent).toEqual([]);
  });

  it('never throws past it, and leaves no promise alone, whatever it is', async () => {
    const valid = (id: string) => JSON.stringify({ i: id, p: { u: '/app/info', b: { json: 1, meta: [] } } });
    const { say, call, sent } = served();
    await fc.assert(
      fc.asyncProperty(wildFrame(valid), async (frame) => {
        say(frame);
        await Promise.resolve();
      }),
      { numRuns: 10_000 },
    );
    await settled();
    expect(unhandled).toEqual([]);
    sent.length = 0;
    call('last', 'info');
    await settled();
    expect(sent).toEqual([expect.stringContaining('"version":"1"')]);
  });

  it('may name what is not served, or bring input that cannot be read: that is answered', async () => {
    const { call, sent, bad } = served();
    call('1', 'nothing');
    call('2', 'echo', { json: { text: 7 }, meta: [] });
    call('3', 'echo', { json: {}, meta: [[1, '__proto__', 'x']] });
    call('4', 'echo', 'x');
    await settled();
    expect(sent.map((text) => (JSON.parse(text) as { p: { s: number } }).p.s).sort()).toEqual([
      400, 400, 400, 404,
    ]);
    expect(bad).toEqual([]);
  });

  it('has a number of its own while it is under way', async () => {
    const { call, bad, sent } = served();
    call('1', 'wait');
    call('1', 'info');
    await settled();
    expect(bad).toEqual(['the number of a call that is under way']);
    expect(sent).toEqual([]);
  });

  it('is not more than so many calls at once', () => {
    const { call, bad } = served();
    for (let id = 0; id < MAX_OPEN_CALLS; id += 1) call(String(id), 'wait');
    expect(bad).toEqual([]);
    for (let id = 0; id < 1000; id += 1) call(`x${id}`, 'wait');
    expect(new Set(bad)).toEqual(new Set(['too many calls at once']));
    expect(bad).toHaveLength(1000);
  });

  it('is not more than so many in a while', () => {
    const { call, bad } = served(createFrameBudget(() => 0));
    for (let id = 0; id < FRAMES.burst + 1; id += 1) call('1', 'nothing');
    expect(bad.at(-1)).toBe('too many frames');
  });
});

describe('an abort', () => {
  it('ends its call, and is nothing to complain of when there is none', async () => {
    const { say, call, aborted, bad, sent } = served();
    say('{"i":"9","t":4}');
    call('1', 'wait');
    await settled();
    say('{"i":"1","t":4}');
    await settled();
    say('{"i":"1","t":4}');
    expect([aborted, bad, sent]).toEqual([['wait'], [], []]);
    call('1', 'info');
    await settled();
    expect(sent).toHaveLength(1);
  });

  it('of everything comes with the end of the port', async () => {
    const { close, call, aborted } = served();
    call('1', 'wait');
    call('2', 'wait');
    await settled();
    close();
    expect(aborted).toEqual(['wait', 'wait']);
  });
});

it('tells the caller of a stream that fails, without what it failed of', async () => {
  const { call, sent, defects } = served();
  call('1', 'stream');
  await settled();
  expect(sent).toHaveLength(3);
  expect(sent[2]).toContain('"e":"error"');
  expect(sent.join('')).not.toContain('secret');
  expect([defects, unhandled]).toEqual([[], []]);
});
