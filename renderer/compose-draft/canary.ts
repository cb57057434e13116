import { z } from 'zod';
import { canaryRulesSchema, type CanaryRules } from '../../electron/contract/canary.ts';

/** The name under which a draft keeps it among its other choices: what was meant to go carefully must not go to everyone at once. */
export const CANARY = 'canary';

/** Whether a canary goes first, and by which rules. */
export interface CanaryWish {
  readonly isOn: boolean;
  readonly rules: CanaryRules;
}

const wishSchema: z.ZodType<CanaryWish> = z.object({ isOn: z.boolean(), rules: canaryRulesSchema });

export const DEFAULT_RULES: CanaryRules = canaryRulesSchema.parse({});

/** What was kept, as it can be read; `null`: it cannot. */
export const readWish = (kept: unknown): CanaryWish | null => wishSchema.safeParse(kept).data ?? null;

/** What a draft keeps of it; `null`: nothing yet. Where that cannot be read, one goes first, by the usual rules. */
export function canaryIn(choices: Readonly<Record<string, unknown>>): CanaryWish | null {
  const kept = choices[CANARY];
  return kept === undefined ? null : (readWish(kept) ?? { isOn: true, rules: DEFAULT_RULES });
}

/** What a draft keeps of the canary of a campaign; `null`: it had none. */
export const wishOf = (rules: CanaryRules | null): CanaryWish => ({
  isOn: rules !== null,
  rules: rules ?? DEFAULT_RULES,
});
