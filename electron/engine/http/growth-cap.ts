import type { Problem } from '../../contract/problem.ts';
import type { Clock } from '../base/clock.ts';
import { HttpProblem } from './http-problem.ts';

/** How many new subscriptions the page may bring in an hour. People on one machine have a few browsers. */
export const NEW_PER_HOUR = 200;
const HOUR_MS = 3_600_000;

/**
 * Keeps made-up subscriptions from filling the list: whatever reaches the page's API can make up as many as it likes. Known ones and
 * imports do not count.
 */
export interface GrowthCap {
  /**
   * Counts a subscription that is about to be stored as new.
   * @throws HttpProblem 429 where there were too many within an hour
   */
  admit(): void;
  /** What the owner should know; `null`: nothing unusual happened since it was last answered. */
  problem(): Problem | null;
  /** The owner has seen it. */
  answer(answer: { letMoreIn: boolean }): void;
}

export interface GrowthCapOptions {
  clock: Clock;
  /** Told when `problem` has changed. */
  onChange: () => void;
  perHour?: number;
}

export function createGrowthCap({ clock, onChange, perHour = NEW_PER_HOUR }: GrowthCapOptions): GrowthCap {
  /** When the last ones came, oldest first; never more than may come in an hour. */
  let admitted: number[] = [];
  let refused = 0;

  return {
    admit() {
      const now = clock.now();
      // A clock that was set back must not keep everybody out until it has caught up.
      admitted = admitted.filter((at) => at > now - HOUR_MS && at <= now);
      if (admitted.length < perHour) {
        admitted.push(now);
        return;
      }
      refused += 1;
      onChange();
      throw new HttpProblem(429, tooManyNew(perHour));
    },
    problem: () => (refused === 0 ? null : unusualGrowth(perHour, refused)),
    answer({ letMoreIn }) {
      refused = 0;
      if (letMoreIn) admitted = [];
      onChange();
    },
  };
}

const count = new Intl.NumberFormat('en');

const tooManyNew = (perHour: number): Problem => ({
  code: 'too-many-new',
  cause: `More than ${count.format(perHour)} browsers subscribed here within an hour, so no new ones are taken for now.`,
  cure: 'Let more in on Server, or wait an hour.',
});

const unusualGrowth = (perHour: number, refused: number): Problem => ({
  code: 'unusual-growth',
  cause: `${count.format(perHour)} new subscriptions came through the subscribe page within an hour, so ${refused === 1 ? '1 more was' : `${count.format(refused)} more were`} refused.`,
  cure: 'If you expected them, let more in. If not, a program or page on this machine is making them up: delete the newest ones in Subscriptions, and close it.',
});
