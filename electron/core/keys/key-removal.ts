import type { KeyPair } from '../../contract/keys.ts';
import type { Problem } from '../../contract/problem.ts';

/**
 * Why a key pair cannot be removed. The screen says it before asking the engine; the engine says it if it is asked all the same.
 *
 * @param hasOthers whether there are other key pairs
 * @returns `null`: it can be
 */
export function whyNotRemovable(
  { name, inUse, subscriptions }: Pick<KeyPair, 'name' | 'inUse' | 'subscriptions'>,
  hasOthers: boolean,
): Problem | null {
  const { active } = subscriptions;
  if (active > 0) {
    return {
      code: 'key-pair-has-subscriptions',
      cause: `“${name}” cannot be removed: ${people(active)} with it, and only this key can send to them.`,
      cure: 'Keep the key pair, or delete those subscriptions first.',
    };
  }
  if (inUse && hasOthers) {
    return {
      code: 'key-pair-in-use',
      cause: `“${name}” cannot be removed: the subscribe page uses it.`,
      cure: 'Use another key pair on the subscribe page first.',
    };
  }
  return null;
}

const people = (active: number) =>
  active === 1
    ? 'one active subscription was made'
    : `${active.toLocaleString('en')} active subscriptions were made`;
