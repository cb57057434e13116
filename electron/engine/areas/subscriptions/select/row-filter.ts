import type { SubscriptionFilter } from '../../../../contract/subscriptions.ts';
import {
  addRows,
  everyRow,
  idsOf,
  isEmpty,
  keepRows,
  noRows,
  removeRows,
  type RowBits,
} from '../../../store/row-bits.ts';
import type { SubscriptionGroup, SubscriptionSum } from '../subscription-group.ts';
import type { SearchedText } from './searched-text.ts';
import type { StretchView } from './stretch-view.ts';
import { idsStep, stepsOf, type FilterSources } from './filter-steps.ts';

/** Which rows of a stretch are meant. */
export interface RowFilter {
  /** All matching rows, as a new set of bits that the caller may change. */
  bits(view: StretchView): RowBits;
}

/** A filter whose text is searched last, because that means looking at each remaining row. */
export interface PreparedFilter extends RowFilter {
  /** All but the text. */
  withoutText(view: StretchView): RowBits;
  readonly text: SearchedText | null;
  /** `bits`, in steps of a few milliseconds. */
  steps(view: StretchView): Generator<void, RowBits, undefined>;
}

/** Whether rows of a group can match. */
export function groupMatcher(
  filter: SubscriptionFilter,
  publicKeyOf: FilterSources['publicKeyOf'],
): (group: SubscriptionGroup) => boolean {
  const publicKey = filter.keyPairId === null ? null : publicKeyOf(filter.keyPairId);
  if (filter.keyPairId !== null && publicKey === null) return () => false;
  return (group) =>
    group.inBin === filter.inBin &&
    (filter.states.length === 0 || filter.states.includes(group.state)) &&
    (filter.pushServices.length === 0 || filter.pushServices.includes(group.pushService)) &&
    (publicKey === null || group.publicKey === publicKey);
}

export function prepareFilter(filter: SubscriptionFilter, sources: FilterSources): PreparedFilter {
  const matches = groupMatcher(filter, sources.publicKeyOf);
  /** Conditions that say who is in come before those that say who is out: then fewer rows of the groups have to be read. */
  const { within, without } = stepsOf(filter, sources);
  const text = filter.search.trim() === '' ? null : sources.searched(filter.search.trim());

  const rest = (bits: RowBits | null, view: StretchView): RowBits => {
    let left = ofGroups(bits, matches, view);
    for (const step of without) left = step(left, view) ?? left;
    return left;
  };
  const withoutText = (view: StretchView): RowBits => {
    let bits: RowBits | null = null;
    for (const step of within) {
      bits = step(bits, view);
      if (bits !== null && isEmpty(bits)) return bits;
    }
    return rest(bits, view);
  };
  /** If the other groups have fewer rows than the matching ones and nothing else says who is in, the text is searched first. */
  const isMostly = (view: StretchView) =>
    within.length === 0 && total(otherThan(matches, view)) <= total(view.sums) / 2;

  function* inSteps(view: StretchView): Generator<void, RowBits, undefined> {
    if (text !== null && isMostly(view)) {
      const found = yield* text.keeping(everyRow(), view);
      return isEmpty(found) ? found : rest(found, view);
    }
    const bits = withoutText(view);
    if (text === null || isEmpty(bits)) return bits;
    yield;
    return yield* text.keeping(bits, view);
  }
  return {
    text,
    withoutText,
    steps: inSteps,
    bits(view) {
      const work = inSteps(view);
      for (;;) {
        const step = work.next();
        if (step.done === true) return step.value;
      }
    },
  };
}

/** Only these rows, whatever they are. */
export function filterOfIds(ids: readonly number[]): RowFilter {
  const step = idsStep(ids);
  return { bits: (view) => step(null, view) ?? noRows() };
}

export function anyOf(filters: readonly RowFilter[]): RowFilter {
  return {
    bits(view) {
      const bits = noRows();
      for (const filter of filters) addRows(bits, filter.bits(view));
      return bits;
    },
  };
}

export function lessThan(filter: RowFilter, less: RowFilter): RowFilter {
  return {
    bits(view) {
      const bits = filter.bits(view);
      if (!isEmpty(bits)) removeRows(bits, less.bits(view));
      return bits;
    },
  };
}

/** Those in a group that matches; reads either these groups or the others, whichever are smaller. */
function ofGroups(
  bits: RowBits | null,
  matches: (group: SubscriptionGroup) => boolean,
  view: StretchView,
): RowBits {
  const within = view.sums.filter((sum) => matches(sum));
  const others = otherThan(matches, view);
  if (total(others) <= total(within)) {
    const left = bits ?? view.existing();
    for (const group of others) removeRows(left, view.group(group));
    return left;
  }
  const left = noRows();
  for (const group of within) addRows(left, view.group(group));
  if (bits !== null) keepRows(left, bits);
  return left;
}

function otherThan(
  matches: (group: SubscriptionGroup) => boolean,
  view: StretchView,
): readonly SubscriptionSum[] {
  return view.sums.filter((sum) => !matches(sum));
}

const total = (sums: readonly SubscriptionSum[]) => sums.reduce((count, sum) => count + sum.count, 0);

/** Ids of a stretch, lowest first. */
export const idsOfView = (bits: RowBits, view: StretchView): number[] => idsOf(bits, view.stretch);
