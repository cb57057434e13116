import { subscriptionFilterSchema, type SubscriptionFilter } from '../../electron/contract/subscriptions.ts';
import { ownJob, tell } from './child.ts';
import { openEngine } from './engine-on-disk.ts';
import { whenSearchable } from './searchable.ts';
import { timesOf, type Times } from './times.ts';

export interface LookUpJob {
  dataDir: string;
  /** Look-ups of each kind. */
  samples: number;
}

export interface LookUps {
  rows: number;
  page: Times;
  count: Times;
  /** Page and count of a search are two look-ups, as they are in the list. */
  search: Times;
}

const PAGE_SIZE = 200;
const SEARCH_LENGTHS = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 20, 30, 40];
const FILTERS = [
  {},
  { states: ['active'] },
  { pushServices: ['other'] },
  { states: ['gone', 'expired'] },
  { inBin: true },
];

const job = ownJob() as LookUpJob;
const { engine, client } = await openEngine(job.dataDir);
await engine.start();
const rows = await whenSearchable(job.dataDir);

const times = { page: [] as number[], count: [] as number[], search: [] as number[] };
const timed = async <Result>(kind: keyof typeof times, work: () => Promise<Result>): Promise<Result> => {
  const startedAt = performance.now();
  const result = await work();
  times[kind].push(performance.now() - startedAt);
  return result;
};
const filterOf = (values: object): SubscriptionFilter => subscriptionFilterSchema.parse(values);
const list = (filter: SubscriptionFilter, cursor: string | null) =>
  client.subscriptions.list({ filter, cursor, limit: PAGE_SIZE });

for (let sample = 0; sample < job.samples; sample += 1) {
  const filter = filterOf(FILTERS[sample % FILTERS.length] ?? {});
  // Anywhere in the list, as somebody who scrolls would get there.
  const cursor = String(1 + ((sample * 7919) % rows));
  await timed('page', () => list(filter, cursor));
  await timed('count', () => client.subscriptions.counts({ filter }));
  const { items } = await list(filterOf({}), cursor);
  const text = partOf(items[0]?.endpoint ?? 'https://', sample);
  await timed('search', () => list(filterOf({ search: text }), null));
  await timed('search', () => client.subscriptions.counts({ filter: filterOf({ search: text }) }));
}
const lookUps: LookUps = {
  rows,
  page: timesOf(times.page),
  count: timesOf(times.count),
  search: timesOf(times.search),
};
await engine.stop();
tell(lookUps);

/**
 * A part from the end, where endpoints differ, of varying length; every third has its first character moved to its end, so that it occurs
 * hardly anywhere.
 */
function partOf(endpoint: string, sample: number): string {
  const length = SEARCH_LENGTHS[sample % SEARCH_LENGTHS.length] ?? 1;
  const from = Math.max(0, endpoint.length - length - (sample % 7));
  const part = endpoint.slice(from, from + length);
  return sample % 3 === 2 ? part.slice(1) + part.slice(0, 1) : part;
}
