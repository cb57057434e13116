import { addRow, countRows, noRows, removeRow, stretchOf, type RowBits } from '../../../store/row-bits.ts';
import type { FactStore } from './fact-store.ts';
import type { PersonValues } from './people-store.ts';

/** Values of one attribute that are facts; beyond that they are looked for in the rows. */
export const MOST_VALUES = 1000;

/** What changes of one row; `null`: nothing is or was known of it. */
export interface PersonChange {
  readonly id: number;
  readonly before: PersonValues | null;
  readonly after: PersonValues | null;
}

/** Keeps the rows of every fact. To be called within the transaction that changes the rows. */
export interface Facts {
  /** Ids of tags by their names; those that nobody used are made. In ascending order, each once. */
  tagIds(names: readonly string[], fromPage?: boolean): number[];
  /** Only those that are there. */
  knownTagIds(names: readonly string[]): number[];
  tagNames: (ids: readonly number[]) => string[];
  /** @param fromPage names of attributes that are new came from the page */
  index(changes: readonly PersonChange[], fromPage?: boolean): void;
  /** Tags were renamed. */
  forgetNames(): void;
}

/** `News` and `news` are one tag. */
export const tagKey = (name: string): string => name.normalize('NFC').toLowerCase();

interface Delta {
  readonly fact: number;
  readonly stretch: number;
  readonly added: number[];
  readonly removed: number[];
}

const STRETCHES = 1_000_000;

export function createFacts(store: FactStore): Facts {
  const names = new Map<number, string>();

  const tagId = (name: string, fromPage: boolean): number => {
    const known = store.tag(tagKey(name));
    if (known === null) return store.add('tag', tagKey(name), '', name, fromPage);
    if (!fromPage) store.adopt(known.id);
    return known.id;
  };

  const valueId = (attribute: number, name: string, value: string): number | null => {
    const known = store.value(name, value);
    if (known !== null) return known.id;
    const { valueCount = 0, hasMore = false } = store.attribute(name) ?? {};
    // Once there are others, a value that was looked over before could not be told from a new one.
    const isFact = !hasMore && valueCount < MOST_VALUES;
    store.noteValue(attribute, isFact);
    return isFact ? store.add('value', name, value, value, false) : null;
  };

  const attributeId = (name: string, fromPage: boolean): number => {
    const known = store.attribute(name);
    if (known === null) return store.add('attribute', name, '', name, fromPage);
    if (!fromPage) store.adopt(known.id);
    return known.id;
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

    index(changes, fromPage = false) {
      const deltas = new Map<number, Delta>();
      /** Facts of a batch are the same ones again and again. */
      const found = new Map<string, { attribute: number; value: number | null }>();

      const note = (fact: number, id: number, side: 'added' | 'removed') => {
        const stretch = stretchOf(id);
        const key = fact * STRETCHES + stretch;
        let delta = deltas.get(key);
        if (delta === undefined) {
          delta = { fact, stretch, added: [], removed: [] };
          deltas.set(key, delta);
        }
        delta[side].push(id);
      };
      const factsOf = (name: string, value: string) => {
        const key = `${name}=${value}`;
        const known = found.get(key);
        if (known !== undefined) return known;
        const attribute = attributeId(name, fromPage);
        const both = { attribute, value: valueId(attribute, name, value) };
        found.set(key, both);
        return both;
      };
      const noteTags = (person: PersonValues | null, id: number, side: 'added' | 'removed') => {
        for (const tag of person?.tags ?? []) note(tag, id, side);
      };
      const noteAttributes = (person: PersonValues | null, id: number, side: 'added' | 'removed') => {
        for (const [name, text] of Object.entries(person?.attributes ?? {})) {
          const { attribute, value } = factsOf(name, text);
          note(attribute, id, side);
          if (value !== null) note(value, id, side);
        }
      };

      for (const { id, before, after } of changes) {
        // What was handed on as it is has not changed.
        if (before?.tags !== after?.tags) {
          noteTags(before, id, 'removed');
          noteTags(after, id, 'added');
        }
        if (before?.attributes !== after?.attributes) {
          noteAttributes(before, id, 'removed');
          noteAttributes(after, id, 'added');
        }
      }
      const touched = new Set<number>();
      for (const { fact, stretch, added, removed } of deltas.values()) {
        const bits: RowBits = store.rows(fact, stretch) ?? noRows();
        const before = countRows(bits);
        for (const id of removed) removeRow(bits, id);
        for (const id of added) addRow(bits, id);
        store.putRows(fact, stretch, bits, before);
        if (removed.length > added.length) touched.add(fact);
      }
      if (touched.size > 0) store.dropUnused([...touched]);
      // One that was dropped would live on in what is remembered, and be given back by an undo as if it were there.
      for (const fact of touched) names.delete(fact);
    },

    forgetNames() {
      names.clear();
    },
  };
}

function sorted(ids: readonly number[]): number[] {
  return [...new Set(ids)].sort((one, other) => one - other);
}
