import type { Clock } from '../base/clock.ts';
import type { PushServiceId } from '../../contract/push-service.ts';

/** How many may be in flight at the start: enough to be quick with a few hundred, few enough to learn something before much is lost. */
const START = 16;
/** A service in trouble answers many requests late at once; they count as one sign. */
const CUT_PAUSE_MS = 1000;
/** When this many in a row cannot even connect, it is the network, and trying the next thousand is pointless. */
const UNREACHABLE_RUN = 8;
const FIRST_HOLD_MS = 1000;
const MAX_HOLD_MS = 15_000;
/** For a 429 that does not say how long. */
const THROTTLE_WAIT_MS = 1000;

/** Why a gate is closed: the service asked for less (429), or no connection could be made. */
export type ClosedBecause = 'rate-limit' | 'no-connection';

/** A period in which a gate lets nothing out. Both ends in ms since 1970. */
export interface Closure {
  readonly because: ClosedBecause;
  readonly since: number;
  readonly until: number;
}

/**
 * How much may be in flight to one push service: more while all goes well, less after 429, 5xx and time-outs (additive increase,
 * multiplicative decrease, like TCP), nothing for as long as the service asks.
 */
export interface Gate {
  readonly inFlight: number;
  /** How many may be in flight now, rounded down. */
  readonly limit: number;
  /** How many more may go out at this moment. */
  free(): number;
  /** When the gate opens again, in ms since 1970; `null` while it is open. */
  closedUntil(): number | null;
  /** The time for which it is closed or was last closed; `null` if it never was. */
  lastClosure(): Closure | null;
  take(count: number): void;
  giveBack(count: number): void;
  /** The service has answered as a healthy one does, whatever it thinks of the message. */
  onHealthy(): void;
  /** It answered 5xx, or not in time. */
  onTrouble(): void;
  /** It asks for less (429). `waitMs`: how long it wants nothing; `null` if it did not say. */
  onThrottled(waitMs: number | null): void;
  /** No connection could be made. */
  onUnreachable(): void;
  /** The clock was set back by this many milliseconds: what was closed for a time stays closed for the remainder. */
  onSetBack(byMs: number): void;
}

/**
 * @param cap the most that may ever be in flight; asked each time, because it is a setting
 */
export function createGate({ clock, cap }: { clock: Clock; cap: () => number }): Gate {
  let inFlight = 0;
  /**
   * What was in flight when something was last taken. Answers come in bursts: by the end of one, too little is in flight to prove anything.
   */
  let reached = 0;
  let limit = START;
  /** Up to here the limit grows fast; beyond, it grows carefully, because trouble began there. */
  let careful = Number.POSITIVE_INFINITY;
  let cutAt = Number.NEGATIVE_INFINITY;
  let closure: Closure | null = null;
  let unreachable = 0;
  let holds = 0;

  const ceiling = () => Math.max(1, Math.min(limit, cap()));
  const closedUntil = () => (closure !== null && closure.until > clock.now() ? closure.until : null);
  const close = (because: ClosedBecause, until: number) => {
    const open = closedUntil();
    if (open !== null && open >= until) return;
    closure = { because, since: open === null ? clock.now() : (closure?.since ?? clock.now()), until };
  };
  const cut = () => {
    const now = clock.now();
    if (now - cutAt < CUT_PAUSE_MS) return;
    cutAt = now;
    limit = Math.max(1, ceiling() / 2);
    careful = limit;
  };

  return {
    get inFlight() {
      return inFlight;
    },
    get limit() {
      return Math.floor(ceiling());
    },
    free: () => (closedUntil() === null ? Math.max(0, Math.floor(ceiling()) - inFlight) : 0),
    closedUntil,
    lastClosure: () => closure,
    take(count) {
      inFlight += count;
      reached = inFlight;
    },
    giveBack(count) {
      inFlight -= count;
    },
    onHealthy() {
      unreachable = 0;
      holds = 0;
      // Unused room proves nothing.
      if (reached * 2 < limit || limit >= cap()) return;
      limit += limit < careful ? 1 : 1 / limit;
    },
    onTrouble() {
      unreachable = 0;
      cut();
    },
    onThrottled(waitMs) {
      unreachable = 0;
      cut();
      close('rate-limit', clock.now() + (waitMs ?? THROTTLE_WAIT_MS));
    },
    onUnreachable() {
      unreachable += 1;
      cut();
      if (unreachable < UNREACHABLE_RUN) return;
      limit = 1;
      // Failures that were in flight together are about the same outage.
      if (closedUntil() !== null) return;
      close('no-connection', clock.now() + Math.min(MAX_HOLD_MS, FIRST_HOLD_MS * 2 ** holds));
      holds += 1;
    },
    onSetBack(byMs) {
      cutAt -= byMs;
      if (closure !== null)
        closure = { ...closure, since: closure.since - byMs, until: closure.until - byMs };
    },
  };
}

/** Finds the gate of a push service; all campaigns share it. Self-hosted services are told apart by their hosts. */
export type GateOf = (service: PushServiceId, host: string) => Gate;

export interface Gates {
  readonly of: GateOf;
  /** The clock was set back by this many milliseconds. */
  onSetBack(byMs: number): void;
}

/** @param options `cap`: the most that may be in flight to one push service */
export function createGates(options: { clock: Clock; cap: () => number }): Gates {
  const gates = new Map<string, Gate>();
  return {
    of(service, host) {
      const name = `${service} ${host}`;
      const gate = gates.get(name) ?? createGate(options);
      gates.set(name, gate);
      return gate;
    },
    onSetBack(byMs) {
      for (const gate of gates.values()) gate.onSetBack(byMs);
    },
  };
}
