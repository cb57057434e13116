import { setImmediate as nextTurn } from 'node:timers/promises';
import type { PAGE_ATTRIBUTES } from '../../../contract/people.ts';
import type { PushServiceId } from '../../../contract/push-service.ts';
import type { Clock } from '../../base/clock.ts';
import type { ReadableDb } from '../../store/database.ts';
import { addRows, countRows, noRows, removeRows, STRETCH_ROWS, type RowBits } from '../../store/row-bits.ts';
import { createFactReader, type FactReader } from './people/fact-store.ts';
import { createExistingRows } from './select/existing-rows.ts';
import { createKeptBits } from './select/kept-bits.ts';
import { createSelectStore } from './select/select-store.ts';
import { createStretchView, type StretchView } from './select/stretch-view.ts';
import { createSubscriptionAgeStore } from './subscription-age-store.ts';
import type { SubscriptionSums } from './subscription-sums-service.ts';

type PageAttribute = (typeof PAGE_ATTRIBUTES)[number];

/** Active rows outside the bin by the values of one attribute. */
export interface ValueSums {
  /** Most frequent first. */
  readonly values: readonly { readonly value: string; readonly active: number }[];
  /** With any value. */
  readonly withValue: number;
}

export interface Makeup<Name extends PageAttribute> {
  readonly ages: readonly {
    readonly pushService: PushServiceId;
    readonly age: number;
    readonly count: number;
  }[];
  readonly attributes: Readonly<Record<Name, ValueSums>>;
}

/** What the active ones outside the bin are made of. */
export interface SubscriptionMakeup {
  /** In pieces, with a turn of the event loop after each. */
  count<Name extends PageAttribute>(names: readonly Name[]): Promise<Makeup<Name>>;
}

export interface MakeupOptions {
  db: ReadableDb;
  sums: Pick<SubscriptionSums, 'list'>;
  clock: Clock;
}

/** Values that are counted exactly: the most frequent ones, whatever the state of their rows. */
const MAX_VALUES = 30;
/** Rows whose age is looked at in one turn: they are read in full. */
const AGES_AT_ONCE = 4000;

export function createSubscriptionMakeup({ db, sums, clock }: MakeupOptions): SubscriptionMakeup {
  const store = createSelectStore(db);
  const facts = createFactReader(db);
  const ages = createSubscriptionAgeStore(db);
  const kept = createKeptBits(() => db.changeCount());
  const existing = createExistingRows(store, sums);
  return {
    async count(names) {
      const now = clock.now();
      const found = createAgeSums();
      const counted = names.map((name) => countedAttribute(facts, name));
      for (let stretch = 0; stretch * STRETCH_ROWS <= store.lastRowId(); stretch += 1) {
        const view = createStretchView(stretch, { store, facts, sums: () => sums.list(), kept, existing });
        if (counted.some(({ fact }) => fact !== null)) {
          const others = notActive(view);
          for (const attribute of counted) attribute.add(view, others);
          await nextTurn();
        }
        for (let from = view.range.from; from < view.range.to; from += AGES_AT_ONCE) {
          for (const one of ages.count({ from, to: from + AGES_AT_ONCE }, now)) found.add(one);
          await nextTurn();
        }
      }
      return {
        ages: found.list(),
        attributes: Object.fromEntries(names.map((name, index) => [name, counted[index]?.sums()])) as Record<
          (typeof names)[number],
          ValueSums
        >,
      };
    },
  };
}

/** Most are active, so fewer index rows are read for the others. */
function notActive(view: StretchView): RowBits {
  const bits = noRows();
  for (const group of view.sums) {
    if (group.inBin || group.state !== 'active') addRows(bits, view.group(group));
  }
  return bits;
}

function countedAttribute(facts: FactReader, name: string) {
  const fact = facts.attribute(name);
  const ids = facts.valueIds(name);
  const values = facts
    .values(name, '%', MAX_VALUES)
    .map(({ value }) => ({ value, id: ids.get(value) ?? null, active: 0 }));
  let withValue = 0;
  const activeOf = (id: number | null, view: StretchView, others: RowBits) => {
    const rows = id === null ? null : view.fact(id);
    if (rows === null) return 0;
    const active = rows.slice();
    removeRows(active, others);
    return countRows(active);
  };
  return {
    fact,
    add(view: StretchView, others: RowBits) {
      withValue += activeOf(fact?.id ?? null, view, others);
      for (const value of values) value.active += activeOf(value.id, view, others);
    },
    sums: (): ValueSums => ({
      values: values
        .map(({ value, active }) => ({ value, active }))
        .filter(({ active }) => active > 0)
        .sort((one, other) => other.active - one.active),
      withValue,
    }),
  };
}

function createAgeSums() {
  const sums = new Map<string, Makeup<never>['ages'][number]>();
  return {
    add(one: Makeup<never>['ages'][number]) {
      const name = `${one.pushService} ${one.age}`;
      sums.set(name, { ...one, count: (sums.get(name)?.count ?? 0) + one.count });
    },
    list: () => [...sums.values()],
  };
}
