import { canaryRulesSchema, type CanaryRules } from '../../../electron/contract/canary.ts';
import { CANARY, canaryIn, DEFAULT_RULES, readWish, type CanaryWish } from '../../compose-draft/canary.ts';
import { useViewChoice } from '../../ui/view-choice.ts';
import type { Composer } from './use-composer.ts';

export interface CanaryChoice extends CanaryWish {
  turn: (isOn: boolean) => void;
  change: (change: Partial<CanaryRules>) => void;
}

const readHabit = (kept: unknown): CanaryWish => readWish(kept) ?? { isOn: false, rules: DEFAULT_RULES };

/** What was chosen last on this machine: a message that does not say otherwise begins with it. */
export const useCanaryHabit = () => useViewChoice('canary', readHabit);

/** Whether a canary goes first, and by which rules: it belongs to the message, and the next one begins with it. */
export function useCanaryChoice({ choices, setOther }: Pick<Composer, 'choices' | 'setOther'>): CanaryChoice {
  const [habit, remember] = useCanaryHabit();
  const { isOn, rules } = canaryIn(choices) ?? habit;
  const keep = (wish: CanaryWish) => {
    setOther(CANARY, wish);
    remember(wish);
  };
  return {
    isOn,
    rules,
    turn: (next) => {
      keep({ isOn: next, rules });
    },
    change: (change) => {
      const next = canaryRulesSchema.safeParse({ ...rules, ...change });
      if (next.success) keep({ isOn, rules: next.data });
    },
  };
}
