import type { Random } from '../../electron/engine/local-push-service/random.ts';

/** When an engine is killed. */
export interface KillMoment {
  /** This many more requests come in first; `null`: the time counts from the start of the engine. */
  readonly requests: number | null;
  /** It is asked to end first, so that the kill catches it as it stops. */
  readonly asksFirst: boolean;
  /** Then this much more time passes. */
  readonly milliseconds: number;
}

/** Share of the kills that catch the engine as it starts, opens the store and takes up the campaign. */
const EARLY = 0.2;
const MAX_START_MS = 1500;
/** Share of the kills that catch it as it stops. */
const STOPPING = 0.15;
const MAX_WAIT_MS = 30;

/**
 * A random moment. Counted in requests rather than in seconds, so that the kills are spread all over the campaign, on a fast machine as on
 * a slow one.
 *
 * @param open deliveries that will be sent
 * @param killsLeft this one included
 */
export function nextKill(random: Random, open: number, killsLeft: number): KillMoment {
  if (random() < EARLY)
    return { requests: null, asksFirst: false, milliseconds: Math.floor(random() * MAX_START_MS) };
  return {
    requests: 1 + Math.floor((random() * 2 * open) / (killsLeft + 1)),
    asksFirst: random() < STOPPING,
    milliseconds: Math.floor(random() * MAX_WAIT_MS),
  };
}
