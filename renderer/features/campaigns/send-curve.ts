import type { CampaignDetail } from '../../../electron/contract/campaigns.ts';

/** A line in a box of 100 by 100, as steps: nothing happened between two points. */
export interface SendLines {
  accepted: string;
  notAccepted: string;
  /** How long it is from the left to the right, in ms. */
  spanMs: number;
}

/** How a campaign went as time passed; `null`: too little is known to draw it. */
export function sendLines(curve: CampaignDetail['curve'], recipients: number): SendLines | null {
  const [first, last] = [curve.at(0), curve.at(-1)];
  if (first === undefined || last === undefined || curve.length < 2) return null;
  const spanMs = last.at - first.at;
  const top = Math.max(1, recipients, ...curve.map((point) => point.accepted + point.notAccepted));
  const line = (valueOf: (point: CampaignDetail['curve'][number]) => number) => {
    let before = 100;
    const steps = curve.flatMap((point) => {
      const x = (100 * (point.at - first.at)) / spanMs;
      const y = 100 - (100 * valueOf(point)) / top;
      const corner = `${x.toFixed(2)},${before.toFixed(2)}`;
      before = y;
      return [corner, `${x.toFixed(2)},${y.toFixed(2)}`];
    });
    return steps.join(' ');
  };
  return {
    accepted: line((point) => point.accepted),
    notAccepted: line((point) => point.notAccepted),
    spanMs,
  };
}
