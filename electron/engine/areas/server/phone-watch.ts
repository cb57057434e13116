import { randomBytes } from 'node:crypto';
import type { OwnSubscription, PhoneFindings } from '../../../contract/http.ts';
import type { SubscriptionId } from '../../../contract/ids.ts';
import type { PhoneVisit } from '../../../contract/server.ts';
import type { Clock } from '../../base/clock.ts';
import type { PhoneIntake } from '../../http/phone-routes.ts';

/** How long a link is valid, in milliseconds, unless it is withdrawn earlier. */
export const LINK_MS = 30 * 60_000;
/** How many QR codes may be in view at a time; the oldest makes room. */
const MOST_WATCHES = 5;
/** How often a page may be opened with one link. */
const MOST_VISITS = 50;

/** Links for phones, and what the pages opened with them report. In memory only. */
export interface PhoneWatches extends PhoneIntake {
  /** @returns the token of a new link */
  readonly open: () => string;
  readonly look: (token: string) => { state: 'watching' | 'ended'; visit: PhoneVisit | null };
  /** @returns whether there was one */
  readonly close: (token: string) => boolean;
}

export interface PhoneWatchOptions {
  clock: Pick<Clock, 'now'>;
  /** The row of a subscription, for a caller that shows its secret. */
  idOf: (own: OwnSubscription) => SubscriptionId | null;
  /** Called when the result of `look` has changed. */
  onChange: () => void;
}

interface Watch {
  readonly until: number;
  /** In the order in which they were opened. */
  readonly visits: string[];
  last: { at: number; findings: PhoneFindings; subscription: OwnSubscription | null } | null;
}

export function createPhoneWatches({ clock, idOf, onChange }: PhoneWatchOptions): PhoneWatches {
  /** Oldest first. */
  const watches = new Map<string, Watch>();

  /** A clock that is set back does not extend the life of a link. */
  const current = (token: string): Watch | undefined => {
    const now = clock.now();
    for (const [other, { until }] of watches) {
      if (now >= until || now < until - LINK_MS) watches.delete(other);
    }
    return watches.get(token);
  };

  return {
    open() {
      const token = randomBytes(16).toString('base64url');
      current(token);
      for (const oldest of [...watches.keys()].slice(0, -(MOST_WATCHES - 1))) watches.delete(oldest);
      watches.set(token, { until: clock.now() + LINK_MS, visits: [], last: null });
      return token;
    },
    look(token) {
      const watch = current(token);
      if (watch === undefined) return { state: 'ended', visit: null };
      if (watch.last === null) return { state: 'watching', visit: null };
      const { at, findings, subscription } = watch.last;
      return {
        state: 'watching',
        visit: { at, findings, subscriptionId: subscription === null ? null : idOf(subscription) },
      };
    },
    close: (token) => watches.delete(token),
    take({ token, visit, findings, subscription = null }) {
      const watch = current(token);
      if (watch === undefined) return { watching: false };
      if (!watch.visits.includes(visit)) {
        if (watch.visits.length >= MOST_VISITS) return { watching: false };
        watch.visits.push(visit);
      }
      // One that was opened earlier may still be open somewhere, for example in the view of another app.
      if (watch.visits.at(-1) !== visit) return { watching: true };
      watch.last = { at: clock.now(), findings, subscription };
      onChange();
      return { watching: true };
    },
  };
}
