import type { PushServiceId } from '../../contract/push-service.ts';
import type { Clock } from '../base/clock.ts';
import { createGate, type Gate } from './gate.ts';

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
