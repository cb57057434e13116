import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { oc } from '@orpc/contract';
import { implement } from '@orpc/server';
import { StandardRPCHandler } from '@orpc/server/standard';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { servePort } from '../port/serve-port.ts';
import { createUnderWay } from './under-way.ts';

/** Only the columns that are asked for. */
interface Row {
  id: number;
  state: string;
  isHeld: boolean;
}

const NOTHING = { importing: false, erasing: false };
const IDLE = { campaigns: [], unsent: 0, scheduled: [] as string[], rehearsal: false, ...NOTHING };

/** The newest comes first, as in the engine; a page holds what was asked for. */
function engineWith(rows: readonly Row[], longWork: () => unknown = () => NOTHING, patienceMs = 2000) {
  const waiting: { message: { title: string }; schedule: { asks: object | null } }[] = [];
  const paused: number[] = [];
  const served: MessagePort[] = [];
  const os = implement({
    campaigns: {
      list: oc.input(z.object({ cursor: z.string().nullable().default(null), limit: z.number().max(500) })),
      pause: oc.input(z.object({ id: z.number() })),
      scheduled: oc,
    },
    rehearsal: { current: oc },
    app: { longWork: oc },
  });
  const handler = new StandardRPCHandler(
    os.router({
      campaigns: {
        list: os.campaigns.list.handler(({ input: { cursor, limit } }) => {
          const from = Number(cursor ?? 0);
          const end = from + limit;
          return {
            items: rows.slice(from, end).map((row) => ({
              ...row,
              message: { title: `Campaign ${row.id}` },
              counts: { queued: 1, waiting: 0, retrying: 0, sending: 0 },
            })),
            nextCursor: end < rows.length ? String(end) : null,
          };
        }),
        pause: os.campaigns.pause.handler(({ input }) => {
          paused.push(input.id);
        }),
        scheduled: os.campaigns.scheduled.handler(() => waiting),
      },
      rehearsal: { current: os.rehearsal.current.handler(() => null) },
      app: { longWork: os.app.longWork.handler(longWork) },
    }),
  );
  const connect = () => {
    const { port1, port2 } = new MessageChannel();
    servePort(port2, handler, { onBadFrame: () => undefined, onDefect: () => undefined });
    port2.start();
    served.push(port2);
    return port1;
  };
  return { underWay: createUnderWay({ connect, patienceMs }), paused, served, waiting };
}

const done = (count: number): Row[] =>
  Array.from({ length: count }, (_, at) => ({ id: count + 100 - at, state: 'finished', isHeld: false }));

it.each([0, 499, 500, 1000])('finds and pauses a campaign behind %i newer ones', async (newer) => {
  const old = { id: 7, state: 'running', isHeld: false };
  const { underWay, paused } = engineWith([...done(newer), old, { ...old, id: 6, isHeld: true }]);
  expect(await underWay.find()).toEqual({ ...IDLE, campaigns: ['Campaign 7'], unsent: 1 });
  expect(await underWay.pauseCampaigns()).toBe('done');
  expect(paused).toEqual([7]);
});

it('finds nothing where there is none, and says where nobody answers', async () => {
  expect(await engineWith([]).underWay.find()).toEqual(IDLE);
  expect(await createUnderWay({ connect: () => null }).find()).toBeNull();
});

it('tells of an import and of erasing', async () => {
  const { underWay } = engineWith([], () => ({ importing: true, erasing: true }));
  expect(await underWay.find()).toEqual({ ...IDLE, importing: true, erasing: true });
});

it('tells an engine that lives and does not say from one that has ended', async () => {
  const silent = engineWith([], () => new Promise(() => undefined), 100);
  expect(await silent.underWay.find()).toBe('silent');
  const failing = engineWith([], () => Promise.reject(new Error('out of luck')));
  expect(await failing.underWay.find()).toBe('silent');

  const ending = engineWith([], () => {
    for (const port of ending.served) port.close();
    return new Promise(() => undefined);
  });
  expect(await ending.underWay.find()).toBeNull();
});

it('says that campaigns may not be paused where the engine is silent', async () => {
  const { port1, port2 } = new MessageChannel();
  const busy = createUnderWay({ connect: () => port1, patienceMs: 1 });
  expect(await busy.pauseCampaigns()).toBe('silent');
  port2.close();
});

it('finds what is scheduled, and not what asks instead of starting', async () => {
  const { underWay, waiting } = engineWith([]);
  waiting.push({ message: { title: 'Sale' }, schedule: { asks: null } });
  waiting.push({ message: { title: 'Missed' }, schedule: { asks: {} } });
  expect(await underWay.find()).toEqual({ ...IDLE, scheduled: ['Sale'] });
});
