import type { Problem } from '../../contract/problem.ts';
import type { Clock } from '../base/clock.ts';
import { LOOPBACK } from './callers.ts';
import { HttpProblem } from './http-problem.ts';
import { widerNets, type WiderNets } from './true-address.ts';

/** How many new subscriptions the page may bring in an hour. The people on one machine have only a few browsers. */
export const NEW_PER_HOUR = 200;
/** The same if the whole world may subscribe. */
export const NEW_PER_HOUR_PUBLIC = 2_000;
/** How many of them may come from one remote address: offices and mobile networks have many people behind one. */
export const NEW_PER_ADDRESS = 30;
/** The same for the block that providers give to one IPv6 customer: a /56 to a household, a /48 to a company (RFC 6177). */
export const NEW_PER_HOUSEHOLD = 60;
export const NEW_PER_COMPANY = 200;
const HOUR_MS = 3_600_000;

/**
 * Keeps made-up subscriptions from filling the list: anything that reaches the page's API can make up as many as it likes. Known ones and
 * imports do not count.
 */
export interface GrowthCap {
  /**
   * Counts a subscription that is about to be stored as new.
   * @param address of the caller, as it is counted
   * @throws HttpProblem 429 if there were too many within an hour, from there or in total
   */
  admit(address: string): void;
  /** What the owner should know; `null`: nothing unusual has happened since the owner last answered. */
  problem(): Problem | null;
  /** The owner has seen it. */
  answer(answer: { letMoreIn: boolean }): void;
}

export interface GrowthCapOptions {
  clock: Clock;
  /** Called when `problem` has changed. */
  onChange: () => void;
  /** How many may come in an hour in total. */
  perHour: () => number;
}

interface Admitted {
  at: number;
  address: string;
  /** The wider IPv6 nets that contain it. */
  nets: WiderNets | null;
}

export function createGrowthCap({ clock, onChange, perHour: most }: GrowthCapOptions): GrowthCap {
  /** The latest ones, oldest first; never more than may come in an hour. */
  let admitted: Admitted[] = [];
  let refused = 0;

  return {
    admit(address) {
      const now = clock.now();
      const perHour = most();
      // A clock that was set back must not keep everybody out until it has caught up.
      admitted = admitted.filter(({ at }) => at > now - HOUR_MS && at <= now);
      // Everybody on this machine has the same address, and so does everybody behind a proxy that does not pass addresses on.
      const isElsewhere = address !== LOOPBACK;
      const nets = widerNets(address);
      const isTooMany = (is: (one: Admitted) => boolean, limit: number) =>
        admitted.filter(is).length >= limit;
      if (
        isElsewhere &&
        (isTooMany((one) => one.address === address, NEW_PER_ADDRESS) ||
          (nets !== null &&
            (isTooMany((one) => one.nets?.household === nets.household, NEW_PER_HOUSEHOLD) ||
              isTooMany((one) => one.nets?.company === nets.company, NEW_PER_COMPANY))))
      ) {
        throw new HttpProblem(429, TOO_MANY_FROM_ONE);
      }
      if (admitted.length < perHour) {
        admitted.push({ at: now, address, nets });
        return;
      }
      refused += 1;
      onChange();
      throw new HttpProblem(429, tooManyNew(perHour));
    },
    problem: () => (refused === 0 ? null : unusualGrowth(most(), refused)),
    answer({ letMoreIn }) {
      refused = 0;
      if (letMoreIn) admitted = [];
      onChange();
    },
  };
}

const count = new Intl.NumberFormat('en');

const TOO_MANY_FROM_ONE: Problem = {
  code: 'too-many-from-one-address',
  cause:
    'Many browsers have subscribed from this network within an hour, so no more are accepted from there for now.',
  cure: 'Try again in an hour, or from another network.',
};

const tooManyNew = (perHour: number): Problem => ({
  code: 'too-many-new',
  cause: `More than ${count.format(perHour)} browsers subscribed here within an hour, so no new ones are accepted for now.`,
  cure: 'Let more in on Server, or wait an hour.',
});

const unusualGrowth = (perHour: number, refused: number): Problem => ({
  code: 'unusual-growth',
  cause: `${count.format(perHour)} new subscriptions came through the subscribe page within an hour, so ${refused === 1 ? '1 more was' : `${count.format(refused)} more were`} refused.`,
  cure: 'If you expected them, let more in. If not, a program or page is making them up: delete the newest ones in Subscriptions, and close it.',
});
