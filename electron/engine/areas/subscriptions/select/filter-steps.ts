import { deliveryStateSchema, type DeliveryState } from '../../../../contract/deliveries.ts';
import type { CampaignId } from '../../../../contract/ids.ts';
import type { AttributeCondition, SubscriptionFilter } from '../../../../contract/subscriptions.ts';
import {
  addRows,
  isEmpty,
  keepRows,
  noRows,
  removeRows,
  STRETCH_ROWS,
  type RowBits,
} from '../../../store/row-bits.ts';
import type { FactReader } from '../people/fact-store.ts';
import { tagKey } from '../people/facts.ts';
import type { SearchedText } from './searched-text.ts';
import type { SelectStore } from './select-store.ts';
import { bitsOf, type Step, type StretchView } from './stretch-view.ts';
import { asksOfReceipts, receiptSteps } from './receipt-steps.ts';

export interface FilterSources {
  readonly store: SelectStore;
  readonly facts: FactReader;
  /** The public key of a key pair; `null`: there is none with that id. */
  readonly publicKeyOf: (id: NonNullable<SubscriptionFilter['keyPairId']>) => string | null;
  readonly externalIds: (externalIds: readonly string[]) => number[];
  readonly searched: (text: string) => SearchedText;
  readonly now: () => number;
  /** Whether the message of a campaign asked for receipts; also `false` if there is none with that id. */
  readonly asksReceipts: (id: CampaignId) => boolean;
  /** Remembered, because they never change once all ids of a stretch are taken. */
  readonly addedBounds: (view: StretchView) => { first: number; last: number } | null;
}

/** The conditions of a filter on single rows: those that say who is in, and those that say who is out. */
export function stepsOf(
  filter: SubscriptionFilter,
  sources: FilterSources,
): { within: Step[]; without: Step[] } {
  const tags = (names: readonly string[]) => names.map((name) => sources.facts.tag(tagKey(name))?.id ?? null);
  const outcomes = outcomeSteps(filter);
  const receipts = receiptSteps(filter, sources.now(), sources.asksReceipts);
  return {
    within: [
      ...tagSteps(tags(filter.tagsAllOf), tags(filter.tagsAnyOf)),
      ...filter.attributes.flatMap((condition) => positiveSteps(condition, sources)),
      ...(filter.externalIds.length === 0 ? [] : [idsStep(sources.externalIds(filter.externalIds))]),
      ...receipts.within,
      ...outcomes.within,
    ],
    without: [
      ...(filter.tagsNoneOf.length === 0 ? [] : [noneOfFacts(tags(filter.tagsNoneOf))]),
      ...filter.attributes.flatMap((condition) => negativeSteps(condition, sources)),
      ...addedSteps(filter, sources),
      ...outcomes.without,
      ...receipts.without,
    ],
  };
}

/** How much more expensive it is to parse the attributes of a row than to read an id from an index. */
const SCANNED = 2;

function both(bits: RowBits | null, others: RowBits): RowBits {
  if (bits === null) return others;
  keepRows(bits, others);
  return bits;
}

function unionOfFacts(facts: readonly (number | null)[], view: StretchView): RowBits {
  const bits = noRows();
  for (const fact of facts) {
    const rows = fact === null ? null : view.fact(fact);
    if (rows !== null) addRows(bits, rows);
  }
  return bits;
}

function tagSteps(allOf: readonly (number | null)[], some: readonly (number | null)[]): Step[] {
  return [
    ...allOf.map(
      (fact): Step =>
        (bits, view) =>
          both(bits, unionOfFacts([fact], view)),
    ),
    ...(some.length === 0 ? [] : [((bits, view) => both(bits, unionOfFacts(some, view))) satisfies Step]),
  ];
}

function noneOfFacts(facts: readonly (number | null)[]): Step {
  return (bits, view) => {
    if (bits !== null) removeRows(bits, unionOfFacts(facts, view));
    return bits;
  };
}

export function idsStep(ids: readonly number[]): Step {
  const byStretch = new Map<number, number[]>();
  for (const id of ids) {
    const stretch = Math.floor(id / STRETCH_ROWS);
    const some = byStretch.get(stretch);
    if (some === undefined) byStretch.set(stretch, [id]);
    else some.push(id);
  }
  return (bits, view) => both(bits, bitsOf(byStretch.get(view.stretch) ?? []));
}

function positiveSteps(condition: AttributeCondition, sources: FilterSources): Step[] {
  if ('anyOf' in condition) {
    const { name, anyOf: values } = condition;
    return [(bits, view) => both(bits, withValues(name, values, view, sources))];
  }
  if ('isSet' in condition && condition.isSet) {
    const fact = sources.facts.attribute(condition.name)?.id ?? null;
    return [(bits, view) => both(bits, unionOfFacts([fact], view))];
  }
  return [];
}

function negativeSteps(condition: AttributeCondition, sources: FilterSources): Step[] {
  if ('noneOf' in condition) {
    const { name, noneOf: values } = condition;
    return [
      (bits, view) => {
        if (bits !== null) removeRows(bits, withValues(name, values, view, sources));
        return bits;
      },
    ];
  }
  if ('isSet' in condition && !condition.isSet) {
    return [noneOfFacts([sources.facts.attribute(condition.name)?.id ?? null])];
  }
  return [];
}

/** Values that are not facts are looked for in the rows, if there are such values at all. */
function withValues(
  name: string,
  values: readonly string[],
  view: StretchView,
  { facts, store }: FilterSources,
): RowBits {
  const known = values.map((value) => facts.value(name, value)?.id ?? null);
  const bits = unionOfFacts(known, view);
  const others = values.filter((_, index) => known[index] === null);
  const attribute = others.length === 0 ? null : facts.attribute(name);
  if (attribute?.hasMore === true && view.fact(attribute.id) !== null) {
    view.note(SCANNED * STRETCH_ROWS);
    addRows(bits, bitsOf(store.withValue(name, others, view.range)));
  }
  return bits;
}

function addedSteps({ addedFrom, addedBefore }: SubscriptionFilter, sources: FilterSources): Step[] {
  if (addedFrom === null && addedBefore === null) return [];
  const from = addedFrom ?? 0;
  const before = addedBefore ?? Number.MAX_SAFE_INTEGER;
  return [
    (bits, view) => {
      if (bits === null || isEmpty(bits)) return bits;
      const bounds = sources.addedBounds(view);
      if (bounds === null || bounds.last < from || bounds.first >= before) return noRows();
      if (bounds.first >= from && bounds.last < before) return bits;
      return both(bits, bitsOf(sources.store.addedBetween(from, before, view.range)));
    },
  ];
}

const NOT_ACCEPTED: readonly (DeliveryState | null)[] = [
  null,
  ...deliveryStateSchema.options.filter((state) => state !== 'accepted'),
];

function outcomeSteps({ lastResults, neverReached }: SubscriptionFilter): {
  within: Step[];
  without: Step[];
} {
  const rowsOf = (
    states: readonly (DeliveryState | null)[],
    never: readonly boolean[],
    view: StretchView,
  ) => {
    const bits = noRows();
    for (const state of states) {
      for (const isNever of never) addRows(bits, view.outcome(state, isNever));
    }
    return bits;
  };
  const within: Step[] = [];
  const without: Step[] = [];
  const put = (isWithin: boolean, find: (view: StretchView) => RowBits) => {
    if (isWithin) within.push((bits, view) => both(bits, find(view)));
    else {
      without.push((bits, view) => {
        if (bits !== null && !isEmpty(bits)) removeRows(bits, find(view));
        return bits;
      });
    }
  };
  if (lastResults.length > 0) {
    // All that are in no other state are accepted.
    const isWithin = !lastResults.includes('accepted');
    const states = NOT_ACCEPTED.filter(
      (state) => (state !== null && lastResults.includes(state)) === isWithin,
    );
    put(isWithin, (view) => rowsOf(states, [true, false], view));
  }
  if (neverReached !== null) put(neverReached, (view) => rowsOf(NOT_ACCEPTED, [true], view));
  return { within, without };
}

/** Whether it asks about groups only, for which there are sums. */
export function isPlain(filter: SubscriptionFilter): boolean {
  return (
    filter.search.trim() === '' &&
    filter.tagsAnyOf.length + filter.tagsAllOf.length + filter.tagsNoneOf.length === 0 &&
    filter.attributes.length + filter.lastResults.length + filter.externalIds.length === 0 &&
    filter.addedFrom === null &&
    filter.addedBefore === null &&
    filter.neverReached === null &&
    !asksOfReceipts(filter)
  );
}
