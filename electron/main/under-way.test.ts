import { MessageChannel } from 'node:worker_threads';
import { oc } from '@orpc/contract';
import { implement } from '@orpc/server';
import { StandardRPCHandler } from '@orpc/server/standard';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { servePort } from '../port/serve-port.ts';
import { createUnderWay } from './under-way.ts';

/** As far as it is asked for. */
interface Row {
  id: number;
  state: string;
  isHeld: boolean;
}

/** The newest comes first, as in the engine; a page holds what was asked for. */
function engineWith(rows: readonly Row[]) {
  const paused: number[] = [];
  const os = implement({
    campaigns: {
      list: oc.input(z.object({ cursor: z.string().nullable().default(null), limit: z.number().max(500) })),
      pause: oc.input(z.object({ id: z.number() })),
    },
    rehearsal: { current: oc },
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
              counts: { queued: 1, retrying: 0, sending: 0 },
            })),
            nextCursor: end < rows.length ? String(end) : null,
          };
        }),
        pause: os.campaigns.pause.handler(({ input }) => {
          paused.push(input.id);
        }),
      },
      rehearsal: { current: os.rehearsal.current.handler(() => null) },
    }),
  );
  const connect = () => {
    const { port1, port2 } = new MessageChannel();
    servePort(port2, handler, { onBadFrame: () => undefined, onDefect: () => undefined });
    port2.start();
    return port1;
  };
  return { underWay: createUnderWay({ connect }), paused };
}

const done = (count: number): Row[] =>
  Array.from({ length: count }, (_, at) => ({ id: count + 100 - at, state: 'finished', isHeld: false }));

it.each([0, 499, 500, 1000])('finds and pauses a campaign behind %i newer ones', async (newer) => {
  const old = { id: 7, state: 'running', isHeld: false };
  const { underWay, paused } = engineWith([...done(newer), old, { ...old, id: 6, isHeld: true }]);
  expect(await underWay.find()).toEqual({ campaigns: ['Campaign 7'], unsent: 1, rehearsal: false });
  await underWay.pauseCampaigns();
  expect(paused).toEqual([7]);
});

it('finds nothing where there is none, and says where nobody answers', async () => {
  expect(await engineWith([]).underWay.find()).toEqual({ campaigns: [], unsent: 0, rehearsal: false });
  expect(await createUnderWay({ connect: () => null }).find()).toBeNull();
});
