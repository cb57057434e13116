import type { ReceiptTurn } from './measure-receipts.ts';
import { describeTimes } from './times.ts';
import type { WatchedRun } from './watched-campaign.ts';

/** Bars of the design, beside what was measured. */
const BARS = { perSecond: 2000, share: 0.8 };

const whole = (figure: number) => Math.round(figure).toLocaleString('en');
// To a tenth: rounded to a whole number, one that just misses the bar would look as if it reached it.
const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
const rateOf = ({ accepted, totalMs }: WatchedRun) => (accepted * 1000) / totalMs;
const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, one) => all + one, 0);

/** Rows of the table: for each turn both campaigns, their ratio, and what was stored meanwhile. */
export function receiptRows(turns: readonly ReceiptTurn[]): [string, string, string][] {
  return turns.flatMap(({ alone, told, telling }, at): [string, string, string][] => [
    [
      `Campaign to ${whole(told.accepted)} while receipts are stored / alone, turn ${at + 1}`,
      `${percent(rateOf(told) / rateOf(alone))} (${whole(rateOf(told))} and ${whole(rateOf(alone))} messages/s; lag p99 ${told.lag.p99.toFixed(1)} and ${alone.lag.p99.toFixed(1)} ms)`,
      `at least ${whole(BARS.share * 100)}%`,
    ],
    [
      `Receipts stored meanwhile, turn ${at + 1}`,
      `${whole(sum(telling.taken) / telling.seconds)}/s for ${telling.seconds.toFixed(1)} s; answers ${describeTimes(telling.answerMs)}`,
      `${whole(BARS.perSecond)}/s`,
    ],
  ]);
}
