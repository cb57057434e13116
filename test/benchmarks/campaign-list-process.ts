import path from 'node:path';
import Database from 'better-sqlite3';
import type { CampaignState } from '../../electron/contract/campaigns.ts';
import { messageSchema } from '../../electron/contract/message.ts';
import { campaignStatesThat } from '../../electron/core/campaign/lifecycle.ts';
import { ownJob, tell } from './child.ts';
import { openEngine } from './engine-on-disk.ts';
import { MESSAGE } from './message.ts';
import { timesOf, type Times } from './times.ts';

export interface CampaignListJob {
  dataDir: string;
  campaigns: number;
  /** Of each kind. */
  samples: number;
}

export interface CampaignLookUps {
  campaigns: number;
  kinds: { name: string; times: Times }[];
}

/** As many as the window asks for at once. */
const PAGE_SIZE = 100;
const DAY_MS = 86_400_000;
const WORDS = ['sale', 'news', 'Überraschung', 'morning', 'Oslo', 'free delivery', 'weekend', '🎉'];

const { dataDir, campaigns, samples } = ownJob() as CampaignListJob;
/** One starts so that the store is there; it is empty until then. */
const first = await openEngine(dataDir);
await first.engine.stop();
const newest = Date.now();
seed();

const { engine, client } = await openEngine(dataDir);
await engine.start();
const lookUps: CampaignLookUps = { campaigns, kinds: [] };

/** One after another, as a person looks. */
async function measured(name: string, ask: (sample: number) => Promise<unknown>): Promise<void> {
  const durations: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    const startedAt = performance.now();
    await ask(sample);
    durations.push(performance.now() - startedAt);
  }
  lookUps.kinds.push({ name, times: timesOf(durations) });
}
const list = (asked: object, cursor: string | null = null) =>
  client.campaigns.list({ ...asked, cursor, limit: PAGE_SIZE });
const anywhere = (sample: number) => String(1 + ((sample * 7919) % campaigns));
const states = (...all: CampaignState[][]) => ({ states: all.flat() });

// The texts are prepared by the first search.
await list({ search: 'nothing like that' });
await measured('All, first page', () => list({}));
await measured('All, anywhere', (sample) => list({}, anywhere(sample)));
await measured('Sending', () => list(states(campaignStatesThat('isUnderWay'))));
await measured('Finished', () =>
  list(states(campaignStatesThat('isFinished'), campaignStatesThat('isCancelled'))),
);
await measured('Scheduled', () => client.campaigns.scheduled());
await measured('Search, found often', (sample) => list({ search: WORDS[sample % WORDS.length] }));
await measured('Search, found once', (sample) => list({ search: `No. ${anywhere(sample)} ` }));
await measured('Search, found never', (sample) => list({ search: `nothing ${sample}` }));
await measured('A week', (sample) => {
  const from = newest - (1 + (sample % 300)) * DAY_MS;
  return list({ from, to: from + 7 * DAY_MS });
});
await measured('Search in a month of finished ones', (sample) => {
  const from = newest - (30 + (sample % 300)) * DAY_MS;
  const search = WORDS[sample % WORDS.length];
  return list({ search, from, to: from + 30 * DAY_MS, ...states(campaignStatesThat('isFinished')) });
});
await engine.stop();
tell(lookUps);

/** A year of campaigns at three push services, each with an end; some are paused, cancelled, tests, or wait for their time. */
function seed(): void {
  const db = new Database(path.join(dataDir, 'pushdesk.db'));
  const add = db.prepare(
    `INSERT INTO campaigns (id, request_id, kind, state, message, payload, payload_bytes, audience, kept_audience, audience_end, recipients,
       created_at, finished_at) VALUES (?, ?, ?, ?, ?, ?, ?, '{"kind":"everyone"}', ?, 1, ?, ?, ?)`,
  );
  const sum = db.prepare(
    'INSERT INTO campaign_sums (campaign_id, push_service, key_pair_id, state, diagnosis, count) VALUES (?, ?, 1, ?, ?, ?)',
  );
  const lane = db.prepare(
    'INSERT INTO campaign_lanes (campaign_id, push_service, service_host, key_pair_id) VALUES (?, ?, ?, 1)',
  );
  const seen = db.prepare(
    "INSERT INTO receipt_sums (campaign_id, event, action, minute, count) VALUES (?, ?, '', 0, ?)",
  );
  const wait = db.prepare(
    `INSERT INTO campaign_schedules (campaign_id, local_time, time_zone, starts_at, scheduled_at)
     VALUES (?, '2099-01-01T09:00', 'UTC', ?, ?)`,
  );
  const kept = JSON.stringify({ kind: 'everyone', text: 'Everyone active', anyOf: [], leaveOut: [] });
  db.transaction(() => {
    for (let id = 1; id <= campaigns; id += 1) {
      const word = WORDS[id % WORDS.length] ?? '';
      const message = messageSchema.parse({ ...MESSAGE, title: `No. ${id} ${word}`, body: word.repeat(20) });
      const text = JSON.stringify(message);
      const at = newest - Math.round(((campaigns - id) / campaigns) * 365 * DAY_MS);
      const state =
        id % 200 === 0 ? 'scheduled' : id % 90 === 0 ? 'paused' : id % 30 === 0 ? 'cancelled' : 'finished';
      const isOver = state === 'finished' || state === 'cancelled';
      const kind = id % 5 === 0 ? 'test' : 'campaign';
      add.run(
        id,
        `request-${id}`,
        kind,
        state,
        text,
        text,
        text.length,
        kept,
        1000,
        at,
        isOver ? at + 60_000 : null,
      );
      if (state === 'scheduled') wait.run(id, Date.UTC(2099, 0, 1, 9), at);
      for (const service of ['fcm', 'mozilla', 'apple']) {
        sum.run(id, service, 'accepted', '', 300);
        sum.run(id, service, 'gone', 'subscription-gone', 20);
        sum.run(id, service, isOver ? 'failed' : 'queued', isOver ? 'service-unavailable' : '', 13);
        lane.run(id, service, '');
      }
      seen.run(id, 'shown', 500);
      seen.run(id, 'clicked', 40);
    }
  })();
  db.close();
}
