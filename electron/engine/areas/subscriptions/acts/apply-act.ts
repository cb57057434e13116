import { z } from 'zod';
import type { Act } from '../../../../contract/acts.ts';
import type { KeyPairId, SubscriptionId } from '../../../../contract/ids.ts';
import { subscriptionStateSchema } from '../../../../contract/subscriptions.ts';
import { assertNever } from '../../../../core/assert-never.ts';
import type { Facts } from '../people/facts.ts';
import type { PersonValues } from '../people/people-store.ts';
import type { PeopleWriter } from '../people/people-writer.ts';
import { union, without } from '../people/person-changes.ts';
import type { SubscriptionStore } from '../subscription-store.ts';
import type { Before } from './act-store.ts';
import type { ActRowStore } from './act-row-store.ts';

export interface ActTools {
  readonly rows: ActRowStore;
  readonly store: Pick<SubscriptionStore, 'moveToBin' | 'takeFromBin' | 'reactivate'>;
  readonly people: PeopleWriter;
  readonly facts: Facts;
  /** @throws Refusal NOT_FOUND for a key pair that does not exist */
  readonly publicKeyOf: (id: KeyPairId | null) => string | null;
  readonly now: () => number;
}

/** What a row had before, as it is remembered. A tag is stored with its id, and with its name in case nobody has it any more later. */
const tagsSchema = z.array(z.tuple([z.number(), z.string()]));
const textSchema = z.string().nullable();
/** With the key that they were given, in case its pair is gone later. */
const keySchema = z.object({ had: textSchema, given: textSchema });
const restoredSchema = z.union([
  z.object({ deletedAt: z.number() }),
  z.object({ state: subscriptionStateSchema, at: z.number() }),
]);
const HAD = {
  tag: tagsSchema,
  untag: tagsSchema,
  label: textSchema,
  'set-key': keySchema,
  bin: z.number(),
  restore: restoredSchema,
} as const satisfies Record<Act['kind'], z.ZodType>;

/**
 * Applies an act to rows of one stretch, within a transaction.
 * @returns those that it changed, with what they had before: enough to undo it
 */
export function applyAct(act: Act, given: readonly SubscriptionId[], tools: ActTools): Before {
  const { rows, store, people, facts, now } = tools;
  const ids = rows.existing(given);
  switch (act.kind) {
    case 'tag': {
      const tags = facts.tagIds(act.tags);
      const changed = people.change(ids, (before) => withTags(before, union(before.tags, tags)));
      return grouped(changed, ({ before }) => named(without(tags, before.tags), facts));
    }
    case 'untag': {
      const tags = facts.knownTagIds(act.tags);
      const names = new Map(named(tags, facts));
      const changed = people.change(ids, (before) => withTags(before, without(before.tags, tags)));
      return grouped(changed, ({ before }) =>
        tags.filter((id) => before.tags.includes(id)).map((id) => [id, names.get(id) ?? '']),
      );
    }
    case 'label': {
      const { label } = act;
      const changed = people.change(ids, (before) =>
        before.label === label ? before : { ...before, label },
      );
      return grouped(changed, ({ before }) => before.label);
    }
    case 'set-key': {
      const given = tools.publicKeyOf(act.keyPairId);
      return grouped(rows.setKey(ids, given), ({ had }) => ({ had, given }));
    }
    case 'bin': {
      const at = now();
      const moved = store.moveToBin(ids, at, 'person');
      return moved.length === 0 ? [] : [[at, moved]];
    }
    case 'restore': {
      const before = new Map(rows.states(ids).map((row) => [row.id, row] as const));
      const revived = store.reactivate(ids, now(), 'person');
      const taken = store.takeFromBin(ids, now(), 'person');
      return grouped(
        [...revived, ...taken].flatMap((id) => before.get(id) ?? []),
        ({ state, stateChangedAt, deletedAt }) =>
          deletedAt === null ? { state, at: stateChangedAt } : { deletedAt },
      );
    }
    default:
      return assertNever(act);
  }
}

/**
 * Gives rows back what they had. A row that has been changed again since is left alone, and so is one in which that can no longer be read:
 * see [Note: damaged rows].
 * @returns how many got it back
 */
export function undoAct(act: Act, before: Before, tools: ActTools): number {
  const known = before.filter(([had]) => HAD[act.kind].safeParse(had).success);
  return known.reduce((count, [had, ids]) => count + undoGroup(act, had, ids, tools), 0);
}

function undoGroup(act: Act, had: unknown, given: readonly number[], tools: ActTools): number {
  const { rows, people, facts, now } = tools;
  const ids = rows.existing(given);
  switch (act.kind) {
    case 'tag': {
      const tags = tagsSchema.parse(had).map(([id]) => id);
      return people.change(ids, (before) => withTags(before, without(before.tags, tags)), 'undo').length;
    }
    case 'untag': {
      const tags = tagsSchema
        .parse(had)
        .flatMap(([id, name]) => (facts.tagNames([id]).length > 0 ? [id] : facts.tagIds([name])));
      return people.change(ids, (before) => withTags(before, union(before.tags, tags)), 'undo').length;
    }
    case 'label': {
      const label = textSchema.parse(had);
      return people.change(ids, (before) => (before.label === act.label ? { ...before, label } : before))
        .length;
    }
    case 'set-key': {
      const key = keySchema.parse(had);
      return rows.giveKeyBack(ids, key.given, key.had);
    }
    case 'bin':
      return rows.unbin(ids, z.number().parse(had), now());
    case 'restore': {
      const was = restoredSchema.parse(had);
      return 'deletedAt' in was
        ? rows.binAgain(ids, was.deletedAt, now())
        : rows.retireAgain(ids, was.state, was.at, now());
    }
    default:
      return assertNever(act);
  }
}

function withTags(before: PersonValues, tags: readonly number[]): PersonValues {
  return tags === before.tags ? before : { ...before, tags };
}

function named(tags: readonly number[], facts: Facts): [number, string][] {
  return tags.map((id) => [id, facts.tagNames([id])[0] ?? '']);
}

function grouped<Row extends { readonly id: number }>(
  rows: readonly Row[],
  hadOf: (row: Row) => unknown,
): Before {
  const groups = new Map<string, [unknown, number[]]>();
  for (const row of rows) {
    const had = hadOf(row);
    const name = JSON.stringify(had);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [had, [row.id]]);
    else group[1].push(row.id);
  }
  return [...groups.values()];
}
