import { z } from 'zod';
import { canaryRulesSchema, type CanaryRules } from '../../../electron/contract/canary.ts';
import { useViewChoice } from '../../ui/view-choice.ts';

const keptSchema = z.object({ isOn: z.boolean(), rules: canaryRulesSchema });
type Kept = z.infer<typeof keptSchema>;

export const DEFAULT_RULES: CanaryRules = canaryRulesSchema.parse({});

const readKept = (kept: unknown): Kept =>
  keptSchema.safeParse(kept).data ?? { isOn: false, rules: DEFAULT_RULES };

export interface CanaryChoice {
  readonly isOn: boolean;
  readonly rules: CanaryRules;
  /** What a send asks for: nothing where everyone gets it at once. */
  readonly asked: { canary?: CanaryRules };
  turn: (isOn: boolean) => void;
  change: (change: Partial<CanaryRules>) => void;
}

/** Whether a canary goes first, and by which rules: a habit of whoever sends, so it is kept on this machine and not with a message. */
export function useCanaryChoice(): CanaryChoice {
  const [{ isOn, rules }, choose] = useViewChoice('canary', readKept);
  return {
    isOn,
    rules,
    asked: isOn ? { canary: rules } : {},
    turn: (next) => {
      choose({ isOn: next, rules });
    },
    change: (change) => {
      const next = canaryRulesSchema.safeParse({ ...rules, ...change });
      if (next.success) choose({ isOn, rules: next.data });
    },
  };
}
