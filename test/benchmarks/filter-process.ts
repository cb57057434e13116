import { monitorEventLoopDelay } from 'node:perf_hooks';
import { subscriptionFilterSchema, type SubscriptionFilter } from '../../electron/contract/subscriptions.ts';
import { ownJob, tell } from './child.ts';
import { openEngine } from './engine-on-disk.ts';
import { CROWDED, TAGS } from './list-members.ts';
import { whenSearchable } from './searchable.ts';
import { timesOf, type Times } from './times.ts';

export interface FilterJob {
  dataDir: string;
  /** Counts of each filter, and as many pages. */
  samples: number;
  /** A campaign that went to all, most of whom sent receipts. */
  campaignId: number;
}

/** What one filter took. */
export interface FilterRun {
  name: string;
  /** Whether there are sums or bits for it, so that its count is as quick as a page. */
  isIndexed: boolean;
  matching: number;
  page: Times;
  count: Times;
  /** Processor time of the engine's thread for one count: machines busy with other work show it too. In milliseconds. */
  countProcessorMs: number;
  /** The longest turn of the engine's thread meanwhile, in milliseconds: that is how long anything else waits. */
  longestTurnMs: number;
}

export interface FilterRuns {
  rows: number;
  filters: FilterRun[];
  /** All segments with their counts, each time after a change. */
  segments: Times;
}

const PAGE_SIZE = 200;
const RESOLUTION_MS = 1;

const job = ownJob() as FilterJob;
const { engine, client } = await openEngine(job.dataDir);
await engine.start();
const rows = await whenSearchable(job.dataDir);
const keys = await client.keys.list();
const keyPairId = keys[0]?.id ?? null;
const { items } = await client.subscriptions.list({ limit: 1 });
const firstId = items[0]?.id;

const CAMPAIGN_FIELDS = [
  'shownInCampaign',
  'notShownInCampaign',
  'clickedInCampaign',
  'notClickedInCampaign',
] as const;

let changes = 0;
const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
const filters: FilterRun[] = [];

/** Each sample gets a number, so that no two texts are the same. */
async function measure(
  name: string,
  isIndexed: boolean,
  valuesOf: (sample: number) => object,
): Promise<void> {
  const page: number[] = [];
  const count: number[] = [];
  let matching = 0;
  let countProcessorMs = 0;
  delays.reset();
  delays.enable();
  for (let sample = 0; sample < job.samples; sample += 1) {
    const filter: SubscriptionFilter = subscriptionFilterSchema.parse(valuesOf(sample));
    await changeSomething();
    page.push(await timed(() => client.subscriptions.list({ filter, cursor: null, limit: PAGE_SIZE })));
    await changeSomething();
    const usedBefore = process.threadCpuUsage();
    count.push(
      await timed(async () => {
        ({ matching } = await client.subscriptions.counts({ filter }));
      }),
    );
    const used = process.threadCpuUsage(usedBefore);
    countProcessorMs += (used.user + used.system) / 1000 / job.samples;
  }
  delays.disable();
  const longestTurnMs = Math.max(0, delays.max / 1e6 - RESOLUTION_MS);
  filters.push({
    name,
    isIndexed,
    matching,
    page: timesOf(page),
    count: timesOf(count),
    countProcessorMs,
    longestTurnMs,
  });
}

/** What is remembered for as long as nothing changes must not be what is measured. */
async function changeSomething(): Promise<void> {
  if (firstId !== undefined)
    await client.subscriptions.update({ id: firstId, label: `Person ${(changes += 1)}` });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const value = (name: string, of: string) => ({ attributes: [{ name, anyOf: [of] }] });

await measure('state', true, () => ({ states: ['active'] }));
await measure('service', true, () => ({ pushServices: ['wns'] }));
await measure('key', true, () => ({ keyPairId }));
await measure('tag of one in ten', true, () => ({ tagsAnyOf: [TAGS.common] }));
await measure('tag of one in a thousand', true, () => ({ tagsAnyOf: [TAGS.rare] }));
await measure('tag and state', true, () => ({ tagsAnyOf: [TAGS.common], states: ['active'] }));
await measure('attribute', true, (sample) => value('city', `City ${sample % 500}`));
await measure('two attributes', true, () => ({
  attributes: [
    { name: 'plan', anyOf: ['pro'] },
    { name: 'language', anyOf: ['de', 'fr'] },
  ],
}));
await measure('attribute of many values', false, (sample) =>
  value(CROWDED, `customer-${(sample * 7919) % rows}`),
);
await measure('without a tag', false, () => ({ tagsNoneOf: [TAGS.common] }));
await measure('never reached', false, () => ({ neverReached: true }));
await measure('shown in the last month', false, () => ({ shownWithinDays: 30 }));
await measure('cannot report', false, () => ({ canReport: false }));
for (const field of CAMPAIGN_FIELDS)
  await measure(`${field}, one to everyone`, false, () => ({ [field]: job.campaignId }));
await measure('added since', false, () => ({ addedFrom: 1 }));
await measure('five conditions', false, () => ({
  states: ['active'],
  tagsAnyOf: [TAGS.common],
  tagsNoneOf: [TAGS.rare],
  attributes: [{ name: 'plan', noneOf: ['team'] }],
  neverReached: true,
}));
await measure('text of 2 characters', false, (sample) => ({ search: `${sample % 10}a` }));
await measure('text of one person', false, (sample) => ({ search: `user-${(sample * 7919) % rows}` }));
await measure('text of a tag', false, () => ({ search: 'topic-rare' }));
await measure('text of nobody', false, (sample) => ({ search: `zq${sample}xw` }));
await measure('text and tag', false, () => ({ search: 'ada', tagsAnyOf: [TAGS.common] }));

const created = [];
for (const [name, values] of [
  ['Tag', { tagsAnyOf: [TAGS.common] }],
  ['Plan', value('plan', 'pro')],
  ['Text', { search: 'ada' }],
] as const) {
  created.push(
    await client.audience.segments.create({ name, filter: subscriptionFilterSchema.parse(values) }),
  );
}
const segments: number[] = [];
for (let sample = 0; sample < job.samples; sample += 1) {
  await changeSomething();
  segments.push(await timed(() => client.audience.segments.list()));
}
for (const { id } of created) await client.audience.segments.remove({ id });
const runs: FilterRuns = { rows, filters, segments: timesOf(segments) };
await engine.stop();
tell(runs);
