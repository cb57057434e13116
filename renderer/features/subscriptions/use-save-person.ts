import { useQueryClient } from '@tanstack/react-query';
import type { Subscription } from '../../../electron/contract/subscriptions.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { undoToast } from '../../ui/undo-toast.tsx';
import { tellProblem } from './use-acts.ts';

/** What the owner may overwrite at once, as it is kept; `null` for an attribute: it is not set. */
export type KeptFields = Partial<Pick<Subscription, 'label' | 'externalId'>> & {
  attributes?: Record<string, string | null>;
};
/** Tags are added and taken away one by one: those that another window adds meanwhile stay. */
type Change = KeptFields & { addTags?: string[]; removeTags?: string[] };

const FIELDS = ['label', 'externalId', 'attributes'] as const;
/** What a change makes of the fields that another window may change too. */
const fieldsOf = (change: Change): KeptFields =>
  Object.fromEntries(
    FIELDS.filter((name) => name in change).map((name) => [name, change[name]]),
  ) as KeptFields;

/**
 * Returns why it was refused, or `null`. `seen`: what was there when the owner began; `{}`: the change applies whatever is there.
 */
export type SavePerson = (
  what: string,
  change: Change,
  before: Change,
  seen?: KeptFields,
) => Promise<string | null>;

/** Keeps changes of one subscription, each with an offer to take it back. */
export function useSavePerson({ id }: Subscription): SavePerson {
  const { subscriptions, audience } = useQueries();
  const queryClient = useQueryClient();
  const write = async (change: Change, was: KeptFields) => {
    await subscriptions.update.call({ id, ...change, was });
    // Done before the field shows what is kept: otherwise it would fall back to the old value.
    await queryClient.invalidateQueries({ queryKey: subscriptions.key() });
    void queryClient.invalidateQueries({ queryKey: audience.key() });
  };
  return async (what, change, before, seen = {}) => {
    try {
      await write(change, seen);
    } catch (error) {
      // The next try is about what is there by now.
      await queryClient.invalidateQueries({ queryKey: subscriptions.key() });
      const { cause, cure } = problemOf(error);
      return `${cause} ${cure}`;
    }
    undoToast(`${what} saved.`, () => {
      void write(before, fieldsOf(change)).catch(tellProblem);
    });
    return null;
  };
}

/** Of a part of what is known about one person. */
export interface PersonPart {
  row: Subscription;
  save: SavePerson;
}
