import type { DialectName } from '../../../core/push-services/dialects/dialect.ts';
import type { Random } from '../random.ts';
import { faultRuleSchema, type FaultPlan, type FaultRule, type FaultRuleInput } from './fault.ts';

/** Faults that are switched on and off. */
export interface FaultTable {
  /** Applies from now on; the return value removes it. Throws for a rule that makes no sense. */
  add(rule: FaultRuleInput): () => void;
  /** Removes all faults. */
  clear(): void;
}

export interface FaultPicker extends FaultTable {
  /** The faults for one request, in the order in which they were added. The request counts towards `skip` and `times`. */
  pick(request: { readonly token: string; readonly dialect: DialectName }): FaultPlan;
}

type Plan = { -readonly [Key in keyof FaultPlan]: FaultPlan[Key] };

interface Entry {
  readonly rule: FaultRule;
  skip: number;
  left: number;
}

const NO_FAULTS: FaultPlan = { delayMilliseconds: 0, clockOffsetMilliseconds: 0, effect: null };

export interface FaultTableOptions {
  readonly random: Random;
  /** The token in an endpoint of this service, or `null`. */
  readonly tokenOf: (endpoint: string) => string | null;
}

/** Rules for one subscription are looked up by its token, so that a thousand such rules cost other subscriptions nothing. */
export function createFaultTable({ random, tokenOf }: FaultTableOptions): FaultPicker {
  const general = new Set<Entry>();
  const byToken = new Map<string, Set<Entry>>();

  function listFor(rule: FaultRule): Set<Entry> {
    if (rule.endpoint === undefined) return general;
    const token = tokenOf(rule.endpoint);
    if (token === null) throw new Error(`${rule.endpoint} is no endpoint of this push service.`);
    const list = byToken.get(token) ?? new Set<Entry>();
    byToken.set(token, list);
    return list;
  }

  return {
    add(input) {
      const rule = faultRuleSchema.parse(input);
      const list = listFor(rule);
      const entry: Entry = { rule, skip: rule.skip, left: rule.times ?? Number.POSITIVE_INFINITY };
      list.add(entry);
      return () => void list.delete(entry);
    },
    clear() {
      general.clear();
      byToken.clear();
    },
    pick({ token, dialect }) {
      const own = byToken.get(token);
      if (general.size === 0 && own === undefined) return NO_FAULTS;
      const plan: Plan = { ...NO_FAULTS };
      for (const list of own === undefined ? [general] : [own, general]) {
        for (const entry of list) {
          if (entry.rule.dialect !== undefined && entry.rule.dialect !== dialect) continue;
          apply(plan, entry, random);
          if (entry.left <= 0) list.delete(entry);
        }
      }
      if (own?.size === 0) byToken.delete(token);
      return plan;
    },
  };
}

function apply(plan: Plan, entry: Entry, random: Random): void {
  const { effect, probability } = entry.rule;
  const takesPlace = effect.kind !== 'delay' && effect.kind !== 'clock';
  // A rule that could not take effect must not be used up.
  if (takesPlace && plan.effect !== null) return;
  if (entry.skip > 0) {
    entry.skip -= 1;
    return;
  }
  if (probability !== undefined && random() >= probability) return;
  entry.left -= 1;
  if (effect.kind === 'delay') plan.delayMilliseconds += effect.milliseconds;
  else if (effect.kind === 'clock') plan.clockOffsetMilliseconds += effect.offsetMilliseconds;
  else plan.effect = effect;
}
