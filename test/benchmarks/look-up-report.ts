import type { CampaignLookUps } from './campaign-list-process.ts';
import type { LookUps } from './look-up-process.ts';
import { describeTimes as describe } from './times.ts';

/** Bar of the design for whatever a person looks up. In milliseconds. */
const P95_MS = 50;

/** Rows of the table about looking things up in a large store: what, measured, bar. */
export function lookUpRows({ rows, page, count, search }: LookUps): [string, string, string][] {
  const among = `of ${rows.toLocaleString('en')} subscriptions`;
  const bar = `p95 at most ${String(P95_MS)} ms`;
  return [
    [`A page ${among}`, describe(page), bar],
    [`A filter count ${among}`, describe(count), bar],
    [`A search of 1 to 40 characters ${among}`, describe(search), bar],
  ];
}

/** The same for the list of campaigns, by what is looked for. */
export function campaignListRows({ campaigns, kinds }: CampaignLookUps): [string, string, string][] {
  return kinds.map(({ name, times }) => [
    `Campaigns, ${campaigns.toLocaleString('en')}: ${name}`,
    describe(times),
    `p95 at most ${String(P95_MS)} ms`,
  ]);
}
