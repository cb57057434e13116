/** Attempts of one delivery, the first included. */
export const MAX_ATTEMPTS = 8;

const FIRST_DELAY_MS = 1000;
const GROWTH = 4;
const MAX_DELAY_MS = 60 * 60 * 1000;

export type NextAttempt =
  | { kind: 'retry'; at: number; ttlSeconds: number }
  | { kind: 'give-up'; diagnosis: 'attempts-used-up' | 'ttl-over' | 'wait-too-long' };

/**
 * When to try again: exponential backoff with full jitter (1 s, 4 s, 16 s ... at most an hour), not before `Retry-After` allows, only when
 * sending is possible, and never past the TTL, counted from the first attempt (RFC 8030 §5.2).
 *
 * @param state `attempt`: attempts made so far, from 1; times in ms since 1970; `ttlSeconds`: as first sent; `opensFor`: when a message
 * that is due at a time can really go out (never earlier); left out: at that time; `random`: a number of [0, 1)
 * @returns the time, with the TTL that is left at that time in whole seconds (at least 1), or why there is no other try
 */
export function nextAttempt(state: {
  attempt: number;
  now: number;
  firstAttemptAt: number;
  ttlSeconds: number;
  retryAfterMs: number | null;
  opensFor?: (due: number) => number;
  random: number;
}): NextAttempt {
  if (state.attempt >= MAX_ATTEMPTS) return { kind: 'give-up', diagnosis: 'attempts-used-up' };
  const lastChance = state.firstAttemptAt + (state.ttlSeconds - 1) * 1000;
  const earliest = state.now + (state.retryAfterMs ?? 0);
  if (earliest > lastChance)
    return { kind: 'give-up', diagnosis: state.now > lastChance ? 'ttl-over' : 'wait-too-long' };
  const backoff = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * GROWTH ** (state.attempt - 1));
  const due = earliest + Math.floor(state.random * Math.min(backoff, lastChance - earliest));
  const at = state.opensFor?.(due) ?? due;
  if (at > lastChance) return { kind: 'give-up', diagnosis: 'ttl-over' };
  const left = state.firstAttemptAt + state.ttlSeconds * 1000 - at;
  return { kind: 'retry', at, ttlSeconds: Math.min(state.ttlSeconds, Math.floor(left / 1000)) };
}
