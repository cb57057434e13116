import type { SubscriptionId } from '../../../../contract/ids.ts';
import type { AttributeCondition } from '../../../../contract/subscriptions.ts';
import { hasRow, stretchOf, type RowBits } from '../../../store/row-bits.ts';
import type { FactReader } from '../people/fact-store.ts';
import { tagKey } from '../people/facts.ts';
import type { PeopleStore } from '../people/people-store.ts';
import type { SubscriptionStore } from '../subscription-store.ts';
import type { StretchView } from './stretch-view.ts';

/** Of the names that somebody gives: those that nobody has, not even in the bin. Most likely they are misspelt. */
export interface NobodysNames {
  tags(names: readonly string[]): string[];
  /** As `plan=prro`; where only the attribute is asked for, or nobody has it at all, as `pln`. */
  attributes(conditions: readonly AttributeCondition[]): string[];
  externalIds(externalIds: readonly string[]): string[];
  endpoints(endpoints: readonly string[]): string[];
  ids(ids: readonly SubscriptionId[]): SubscriptionId[];
}

export function createNobodysNames({
  facts,
  people,
  subscriptions,
  view,
}: {
  facts: Pick<FactReader, 'tag' | 'attribute' | 'value'>;
  people: Pick<PeopleStore, 'unusedExternalIds'>;
  subscriptions: Pick<SubscriptionStore, 'byEndpoint'>;
  view: (stretch: number) => StretchView;
}): NobodysNames {
  const isUsed = (fact: { count: number } | null) => fact !== null && fact.count > 0;

  const inCondition = (condition: AttributeCondition): string[] => {
    const { name } = condition;
    const attribute = facts.attribute(name);
    if (!isUsed(attribute)) return [name];
    // Values of a crowded attribute are not all known by name.
    if ('isSet' in condition || attribute?.hasMore === true) return [];
    const values = 'anyOf' in condition ? condition.anyOf : condition.noneOf;
    return values.filter((value) => !isUsed(facts.value(name, value))).map((value) => `${name}=${value}`);
  };

  return {
    tags: (names) => names.filter((name) => !isUsed(facts.tag(tagKey(name)))),
    attributes: (conditions) => conditions.flatMap(inCondition),
    externalIds: (externalIds) => people.unusedExternalIds(externalIds),
    endpoints: (endpoints) => endpoints.filter((endpoint) => subscriptions.byEndpoint(endpoint) === null),
    ids(ids) {
      const known = new Map<number, RowBits>();
      return ids.filter((id) => {
        const stretch = stretchOf(id);
        const rows = known.get(stretch) ?? view(stretch).existing();
        known.set(stretch, rows);
        return !hasRow(rows, id);
      });
    },
  };
}
