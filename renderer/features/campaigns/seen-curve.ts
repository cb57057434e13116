import type { CampaignReceipts } from '../../../electron/contract/receipts.ts';

/** A point of the curve: how many so far, where both scales go from 0 to 1. */
export interface CurvePoint {
  x: number;
  y: number;
}

/**
 * How many were shown and clicked as time went on, as two lines. Time is drawn by its square root: most of it happens in the first minutes,
 * and the last device may take a week.
 *
 * @param startedAt when the campaign was made, ms since 1970
 */
export function seenLines(
  curve: CampaignReceipts['curve'],
  startedAt: number,
): { shown: CurvePoint[]; clicked: CurvePoint[] } {
  const last = curve.at(-1)?.from ?? startedAt;
  const spanMs = Math.max(60_000, last - startedAt);
  const all = Math.max(1, sumOf(curve.map(({ shown }) => shown)));
  const line = (values: readonly number[]): CurvePoint[] => {
    let total = 0;
    return [
      { x: 0, y: 0 },
      ...curve.map(({ from }, index) => {
        total += values[index] ?? 0;
        return { x: Math.sqrt(Math.max(0, from - startedAt) / spanMs), y: total / all };
      }),
      { x: 1, y: total / all },
    ];
  };
  return {
    shown: line(curve.map(({ shown }) => shown)),
    clicked: line(curve.map(({ clicked }) => clicked)),
  };
}

/** How long it took until this share of all that were shown had been shown, in ms; `null`: nothing was shown. */
export function shownAfter(
  curve: CampaignReceipts['curve'],
  startedAt: number,
  share: number,
): number | null {
  const wanted = share * sumOf(curve.map(({ shown }) => shown));
  if (wanted === 0) return null;
  let total = 0;
  const reached = curve.find(({ shown }) => (total += shown) >= wanted);
  return reached === undefined ? null : Math.max(0, reached.from - startedAt);
}

const sumOf = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
