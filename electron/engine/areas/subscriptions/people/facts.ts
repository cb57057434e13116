import { remembered } from '../../../base/remembered.ts';
import { stretchOf } from '../../../store/row-bits.ts';
import { factRowsId, type FactStore } from './fact-store.ts';
import type { PersonValues } from './people-store.ts';

/** Values of one attribute that become facts; any further ones are looked for in the rows. */
export const MAX_VALUES = 1000;

/** What changes for one row; `null`: nothing is or was known about it. */
export interface PersonChange {
  readonly id: number;
  readonly before: PersonValues | null;
  readonly after: PersonValues | null;
}

/** Keeps track of the rows that have each fact. To be called within the transaction that changes the rows. */
export interface Facts {
  /** Ids of tags by their names; tags that nobody used are created. In ascending order, each once. */
  tagIds(names: readonly string[], fromPage?: boolean): number[];
  /** Only those that exist. */
  knownTagIds(names: readonly string[]): number[];
  tagNames: (ids: readonly number[]) => string[];
  /** @param fromPage new attribute names came from the page */
  index(changes: readonly PersonChange[], fromPage?: boolean): void;
  /** For new rows, about which nothing was known: which of them have each of these tags and attributes. */
  add(
    tags: readonly { readonly tags: readonly number[]; readonly ids: readonly number[] }[],
    attributes: readonly NewAttribute[],
  ): void;
  /** Tags were renamed. */
  forgetNames(): void;
}

/** An attribute of new rows, and which of them have each of its values. */
export interface NewAttribute {
  readonly name: string;
  readonly values: readonly { readonly value: string; readonly ids: readonly number[] }[];
}

/** `News` and `news` are one tag. */
export const tagKey = (name: string): string => name.normalize('NFC').toLowerCase();

interface Delta {
  readonly fact: number;
  readonly stretch: number;
  readonly added: number[];
  readonly removed: number[];
}

/** For more rows than this, all values of an attribute are read at once. */
const MANY = 20;

/** An attribute as it stands while some rows are indexed: looked up once, however many rows have it. */
interface KnownAttribute {
  readonly id: number;
  valueCount: number;
  hasMore: boolean;
  /** The id of one of its values; `null`: there is none. */
  readonly idOf: (value: string) => number | null;
  readonly remember: (value: string, id: number) => void;
}

export function createFacts(store: FactStore): Facts {
  const names = new Map<number, string>();

  const tagId = (name: string, fromPage: boolean): number => {
    const known = store.tag(tagKey(name));
    if (known === null) return store.add('tag', tagKey(name), '', name, fromPage);
    if (!fromPage) store.adopt(known.id);
    return known.id;
  };

  const knowAttribute = (name: string, isMany: boolean, fromPage: boolean): KnownAttribute => {
    const known = store.attribute(name);
    if (known !== null && !fromPage) store.adopt(known.id);
    const id = known?.id ?? store.add('attribute', name, '', name, fromPage);
    const values = isMany ? store.valueIds(name) : new Map<string, number>();
    return {
      id,
      valueCount: known?.valueCount ?? 0,
      hasMore: known?.hasMore ?? false,
      idOf: (value) => values.get(value) ?? (isMany ? null : (store.value(name, value)?.id ?? null)),
      remember: (value, valueId) => values.set(value, valueId),
    };
  };

  const valueId = (attribute: KnownAttribute, name: string, value: string): number | null => {
    const known = attribute.idOf(value);
    // Once other values exist, one that was passed over before could not be distinguished from a new one.
    if (known !== null || attribute.hasMore) return known;
    const isFact = attribute.valueCount < MAX_VALUES;
    store.noteValue(attribute.id, isFact);
    if (!isFact) {
      attribute.hasMore = true;
      return null;
    }
    attribute.valueCount += 1;
    const id = store.add('value', name, value, value, false);
    attribute.remember(value, id);
    return id;
  };

  return {
    tagIds: (given, fromPage = false) => sorted(given.map((name) => tagId(name, fromPage))),
    knownTagIds: (given) => sorted(given.flatMap((name) => store.tag(tagKey(name))?.id ?? [])),
    tagNames: (ids) =>
      ids.flatMap((id) => {
        const name = names.get(id) ?? store.nameOf(id);
        if (name === null) return [];
        names.set(id, name);
        return [name];
      }),

    add(tags, attributes) {
      const deltas = createDeltas();
      for (const { tags: list, ids } of tags) for (const tag of list) deltas.add(tag, ids);
      for (const { name, values } of attributes) {
        const attribute = knowAttribute(name, true, false);
        for (const { value, ids } of values) {
          const id = valueId(attribute, name, value);
          deltas.add(attribute.id, ids);
          if (id !== null) deltas.add(id, ids);
        }
      }
      const all = deltas.all();
      if (all.length > 0) store.changeRows(all);
    },

    index(changes, fromPage = false) {
      const deltas = createDeltas();
      const attributes = new Map<string, KnownAttribute>();

      const note = (fact: number, id: number, side: 'added' | 'removed') => {
        deltas.of(fact, stretchOf(id))[side].push(id);
      };
      const attributeOf = (name: string): KnownAttribute => {
        const known = attributes.get(name) ?? knowAttribute(name, changes.length > MANY, fromPage);
        attributes.set(name, known);
        return known;
      };
      const noteTags = (person: PersonValues | null, id: number, side: 'added' | 'removed') => {
        for (const tag of person?.tags ?? []) note(tag, id, side);
      };
      const noteAttributes = (person: PersonValues | null, id: number, side: 'added' | 'removed') => {
        for (const [name, text] of Object.entries(person?.attributes ?? {})) {
          const attribute = attributeOf(name);
          const value = valueId(attribute, name, text);
          note(attribute.id, id, side);
          if (value !== null) note(value, id, side);
        }
      };

      for (const { id, before, after } of changes) {
        // Whatever is passed on unchanged has not changed.
        if (before?.tags !== after?.tags) {
          noteTags(before, id, 'removed');
          noteTags(after, id, 'added');
        }
        if (before?.attributes !== after?.attributes) {
          noteAttributes(before, id, 'removed');
          noteAttributes(after, id, 'added');
        }
      }
      const all = deltas.all();
      if (all.length > 0) store.changeRows(all);
      const touched = new Set<number>();
      for (const { fact, added, removed } of all) if (removed.length > added.length) touched.add(fact);
      if (touched.size > 0) store.dropUnused([...touched]);
      // A dropped tag would otherwise live on in this cache, and an undo would give it back as if it still existed.
      for (const fact of touched) names.delete(fact);
    },

    forgetNames() {
      names.clear();
    },
  };
}

/** Gathers changes, with each fact of a stretch only once. */
function createDeltas() {
  const deltas = new Map<number, Delta>();
  const of = (fact: number, stretch: number): Delta =>
    remembered(deltas, factRowsId(fact, stretch), () => ({ fact, stretch, added: [], removed: [] }));
  return {
    of,
    all: () => [...deltas.values()],
    add(fact: number, ids: readonly number[]) {
      let delta: Delta | null = null;
      for (const id of ids) {
        const stretch = stretchOf(id);
        if (delta?.stretch !== stretch) delta = of(fact, stretch);
        delta.added.push(id);
      }
    },
  };
}

function sorted(ids: readonly number[]): number[] {
  return [...new Set(ids)].sort((one, other) => one - other);
}
