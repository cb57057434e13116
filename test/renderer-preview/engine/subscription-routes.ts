import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import { implement } from '@orpc/server';
import { contract } from '../../../electron/contract/procedures.ts';
import { importStreamIdSchema, type ImportPurpose } from '../../../electron/contract/import-stream.ts';
import type { Subscription } from '../../../electron/contract/subscriptions.ts';
import { readSubscriptionText } from '../../../electron/core/subscription/subscription-text.ts';
import type { Changes } from './changes.ts';
import { sampleCampaigns, sampleDelivery } from './sample-campaigns.ts';
import { sampleSubscription } from './samples.ts';
import type { Scenario } from './scenario.ts';

const os = implement(contract);
const SIZES: Record<Scenario, number> = {
  empty: 0,
  full: 64,
  huge: 10_000,
  failing: 3,
  slow: 64,
  locked: 64,
};

export function createSubscriptionRoutes(scenario: Scenario, changes: Changes) {
  const rows = new Map<number, Subscription>();
  for (let id = 1; id <= SIZES[scenario]; id += 1) rows.set(id, sampleSubscription(id));

  type Filter = { search: string; states: string[]; inBin: boolean; pushServices: string[] };
  const matching = (filter: Filter) =>
    [...rows.values()].filter(
      (row) =>
        (row.deletedAt !== null) === filter.inBin &&
        (filter.states.length === 0 || filter.states.includes(row.state)) &&
        (filter.pushServices.length === 0 || filter.pushServices.includes(row.pushService)) &&
        (row.endpoint + (row.label ?? '')).toLowerCase().includes(filter.search.toLowerCase()),
    );
  const mark = (ids: readonly number[], deletedAt: number | null) => {
    for (const id of ids) {
      const row = rows.get(id);
      if (row) rows.set(id, { ...row, deletedAt });
    }
    changes.publish('subscriptions');
    return { count: ids.length, ids: [...ids] };
  };
  const read = (text: string) => [...readSubscriptionText(text)];
  const erasable = (ids: readonly SubscriptionId[] | null) =>
    [...rows.values()].flatMap(({ id, deletedAt }) =>
      (ids === null ? deletedAt !== null : ids.includes(id)) ? [id] : [],
    );
  const streams = new Map<string, { purpose: ImportPurpose; lines: number }>();
  const wait = (ms: number) =>
    new Promise<void>((resolve) => {
      setTimeout(resolve, ms);
    });

  return {
    list: os.subscriptions.list.handler(({ input }) => {
      const all = matching(input.filter);
      const from = Number(input.cursor ?? 0);
      const to = from + input.limit;
      return { items: all.slice(from, to), nextCursor: to < all.length ? String(to) : null };
    }),
    counts: os.subscriptions.counts.handler(({ input }) => {
      const byState = { active: 0, expired: 0, gone: 0, unsubscribed: 0, mismatched: 0 };
      let inBin = 0;
      for (const row of rows.values()) {
        if (row.deletedAt === null) byState[row.state] += 1;
        else inBin += 1;
      }
      return { matching: matching(input.filter).length, byState, inBin };
    }),
    get: os.subscriptions.get.handler(({ input }) => rows.get(input.id) ?? sampleSubscription(input.id)),
    deliveries: os.subscriptions.deliveries.handler(({ input }) => ({
      items: sampleCampaigns()
        .filter(() => input.id % 5 !== 0)
        .map((campaign, index) => ({
          ...sampleDelivery(campaign, index % 3 === 1 ? 'failed' : 'accepted', index),
          subscriptionId: input.id,
          messageTitle: campaign.message.title,
        })),
      nextCursor: null,
    })),
    previewImport: os.subscriptions.previewImport.handler(({ input }) => {
      const results = read(input.text);
      const good = results.flatMap((result) => (result.kind === 'row' ? [result] : []));
      const bad = results.flatMap(({ line, ...result }) =>
        result.kind === 'bad' ? [{ line, problem: result.problem, excerpt: result.excerpt }] : [],
      );
      return {
        newCount: good.length,
        knownCount: Math.min(1, good.length),
        repeatedCount: 0,
        badCount: bad.length,
        bad,
        remarks: good.slice(0, 1).map(({ line }) => ({
          line,
          text: 'Its auth secret has 32 bytes where RFC 8291 says 16. It is taken as it is.',
        })),
        sample: good.slice(0, 20).map(({ line, value }) => ({
          line,
          endpoint: value.endpoint,
          pushService: 'other' as const,
          known: false,
        })),
      };
    }),
    import: os.subscriptions.import.handler(({ input }) => {
      const results = read(input.text);
      const good = results.filter((result) => result.kind === 'row');
      for (const row of good) {
        const id = rows.size + 1;
        rows.set(id, { ...sampleSubscription(id), endpoint: row.value.endpoint, addedAt: Date.now() });
      }
      changes.publish('subscriptions');
      return { addedCount: good.length, updatedCount: 1, badCount: results.length - good.length };
    }),
    importStream: {
      open: os.subscriptions.importStream.open.handler(({ input }) => {
        const id = importStreamIdSchema.parse(crypto.randomUUID());
        streams.set(id, { purpose: input.purpose, lines: 0 });
        return { id };
      }),
      write: os.subscriptions.importStream.write.handler(async ({ input }) => {
        const stream = streams.get(input.id);
        if (stream) stream.lines += input.piece.split('\n').length - 1;
        await wait(100);
        return { goodCount: stream?.lines ?? 0, badCount: 0 };
      }),
      finish: os.subscriptions.importStream.finish.handler(({ input }) => {
        const { purpose, lines } = streams.get(input.id) ?? { purpose: 'preview' as const, lines: 0 };
        if (purpose === 'import') {
          return { purpose, result: { addedCount: lines, updatedCount: 0, badCount: 0 } };
        }
        const none = { knownCount: 0, repeatedCount: 0, badCount: 0, bad: [], remarks: [], sample: [] };
        return { purpose, preview: { newCount: lines, ...none } };
      }),
      cancel: os.subscriptions.importStream.cancel.handler(({ input }) => {
        const stream = streams.get(input.id);
        streams.delete(input.id);
        return { goodCount: stream?.lines ?? 0, badCount: 0 };
      }),
    },
    exportJson: os.subscriptions.exportJson.handler(({ input }) => ({
      text: JSON.stringify(input.ids.map((id) => ({ endpoint: rows.get(id)?.endpoint }))),
    })),
    remove: os.subscriptions.remove.handler(({ input }) => mark(input.ids ?? [], Date.now())),
    previewErase: os.subscriptions.previewErase.handler(({ input }) => ({
      subscriptions: erasable(input.ids).length,
      deliveries: input.ids === null ? null : 12 * input.ids.length,
      open: input.ids === null ? null : 1,
      backups: { folder: '/home/ada/.config/Pushdesk/backups', count: 3 },
    })),
    erase: os.subscriptions.erase.handler(({ input }) => {
      const ids = erasable(input.ids);
      for (const id of ids) rows.delete(id);
      changes.publish('subscriptions');
      const backups = { folder: '/home/ada/.config/Pushdesk/backups', count: 3 };
      return { count: ids.length, deliveries: 12 * ids.length, traces: 'gone' as const, backups };
    }),
    restore: os.subscriptions.restore.handler(({ input }) => mark(input.ids ?? [], null)),
  };
}
