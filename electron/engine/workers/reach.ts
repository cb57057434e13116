import type { PushServiceId } from '../../contract/push-service.ts';
import type { Clock } from '../base/clock.ts';
import type { SendResult } from '../wire/batch-sender.ts';

/** This many failed connections in a row are no coincidence. */
const RUN = 8;
/** Then the service gets nothing from here for this long; after that, one batch tries again. */
const REST_MS = 15_000;

/** Knows which push services this machine cannot reach. */
export interface Reach {
  note(service: PushServiceId, result: SendResult): void;
  mayTry(service: PushServiceId): boolean;
  /** Whether it could not be reached and is being tried again. */
  isTrial(service: PushServiceId): boolean;
  unreachable(): Partial<Record<PushServiceId, string>>;
}

export function createReach(clock: Clock): Reach {
  const states = new Map<PushServiceId, { run: number; restsUntil: number; detail: string }>();
  return {
    note(service, result) {
      if (result.kind !== 'attempted') return;
      const { reply } = result;
      const noConnection =
        reply.kind === 'fault' &&
        !reply.mayHaveLeft &&
        reply.fault !== 'encryption' &&
        reply.fault !== 'invalid-endpoint' &&
        reply.fault !== 'private-address';
      if (!noConnection) {
        states.delete(service);
        return;
      }
      const state = states.get(service) ?? { run: 0, restsUntil: 0, detail: '' };
      state.run += 1;
      state.detail = reply.detail;
      if (state.run >= RUN) state.restsUntil = clock.now() + REST_MS;
      states.set(service, state);
    },
    mayTry: (service) => (states.get(service)?.restsUntil ?? 0) <= clock.now(),
    isTrial: (service) => (states.get(service)?.run ?? 0) >= RUN,
    unreachable() {
      const found: Partial<Record<PushServiceId, string>> = {};
      for (const [service, { run, detail }] of states) if (run >= RUN) found[service] = detail;
      return found;
    },
  };
}
