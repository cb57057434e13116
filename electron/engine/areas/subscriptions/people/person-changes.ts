import { MAX_TAGS } from '../../../../contract/people.ts';
import type { PersonValues } from './people-store.ts';

/** What someone says about a person. Tags are ids of facts. */
export interface Told {
  readonly label?: string | null | undefined;
  readonly externalId?: string | null | undefined;
  readonly tags?: readonly number[] | undefined;
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

/** For an import or a backend: adds tags, sets what is named, empties nothing. */
export function withTold(before: PersonValues, told: Told): PersonValues {
  const named = Object.keys(told.attributes ?? {});
  return {
    label: told.label ?? before.label,
    externalId: told.externalId ?? before.externalId,
    tags: union(before.tags, told.tags),
    attributes: withAttributes(before.attributes, told.attributes ?? {}),
    pageNames: without(before.pageNames, named),
    removedTags: before.removedTags,
  };
}

/** What the page says; `removeTags`: tags that a visitor has given up, whoever gave them. */
export type PageTold = Pick<Told, 'tags' | 'attributes'> & { readonly removeTags?: readonly number[] };

/** For the page: adds and removes tags, and sets only what nobody but the page has set. */
export function withPage(before: PersonValues, told: PageTold): PersonValues {
  const mine = Object.entries(told.attributes ?? {}).filter(
    ([name]) => !Object.hasOwn(before.attributes, name) || before.pageNames.includes(name),
  );
  const names = mine.map(([name]) => name).filter((name) => !before.pageNames.includes(name));
  const after = {
    ...before,
    tags: union(without(before.tags, told.removeTags ?? []), told.tags),
    attributes: withAttributes(before.attributes, Object.fromEntries(mine)),
    pageNames: names.length === 0 ? before.pageNames : [...before.pageNames, ...names],
  };
  return isSame(before, after) ? before : after;
}

/** The part that the owner said, not the page. */
export function owned({ label, externalId, attributes, pageNames }: PersonValues): Told {
  const own = Object.entries(attributes).filter(([name]) => !pageNames.includes(name));
  return { label, externalId, attributes: Object.fromEntries(own) };
}

/** What the owner changes; `null` removes an attribute. */
export interface OwnerChange {
  readonly label?: string | null | undefined;
  readonly externalId?: string | null | undefined;
  /** The complete list of tags. */
  readonly tags?: readonly number[] | undefined;
  readonly addTags?: readonly number[] | undefined;
  readonly removeTags?: readonly number[] | undefined;
  readonly attributes?: Readonly<Record<string, string | null>> | undefined;
}

export function withOwner(before: PersonValues, change: OwnerChange): PersonValues {
  const entries = Object.entries(change.attributes ?? {});
  const set = Object.fromEntries(entries.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
  const gone = entries.flatMap(([name, value]) => (value === null ? [name] : []));
  const kept = gone.some((name) => Object.hasOwn(before.attributes, name))
    ? Object.fromEntries(Object.entries(before.attributes).filter(([name]) => !gone.includes(name)))
    : before.attributes;
  const tags = union(change.tags ?? before.tags, change.addTags);
  return {
    label: change.label === undefined ? before.label : change.label,
    externalId: change.externalId === undefined ? before.externalId : change.externalId,
    tags: without(tags, change.removeTags ?? []),
    attributes: withAttributes(kept, set),
    pageNames: without(
      before.pageNames,
      entries.map(([name]) => name),
    ),
    removedTags: before.removedTags,
  };
}

/**
 * What an owner does with tags lasts: tags that were taken away are remembered until they are given again.
 * @param keyOf of a tag
 */
export function withRemovals(
  before: PersonValues,
  after: PersonValues,
  keyOf: (tag: number) => readonly string[],
  remembersRemoved: boolean,
): PersonValues {
  if (before.tags === after.tags) return after;
  const added = after.tags.filter((tag) => !before.tags.includes(tag)).flatMap(keyOf);
  const removed = remembersRemoved
    ? before.tags.filter((tag) => !after.tags.includes(tag)).flatMap(keyOf)
    : [];
  const left = without(without(after.removedTags, added), removed);
  return { ...after, removedTags: [...left, ...removed].slice(-MAX_TAGS) };
}

/** The same list if nothing is added, so that callers can compare by identity. */
export function union(ids: readonly number[], more: readonly number[] = []): readonly number[] {
  const added = more.filter((id) => !ids.includes(id));
  return added.length === 0 ? ids : [...new Set([...ids, ...added])].sort((one, other) => one - other);
}

export function without<Item>(items: readonly Item[], gone: readonly Item[]): readonly Item[] {
  return items.some((item) => gone.includes(item)) ? items.filter((item) => !gone.includes(item)) : items;
}

function withAttributes(
  before: Readonly<Record<string, string>>,
  more: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const isNew = Object.entries(more).some(
    ([name, value]) => !Object.hasOwn(before, name) || before[name] !== value,
  );
  return isNew ? { ...before, ...more } : before;
}

function isSame(one: PersonValues, other: PersonValues): boolean {
  return one.tags === other.tags && one.attributes === other.attributes && one.pageNames === other.pageNames;
}
