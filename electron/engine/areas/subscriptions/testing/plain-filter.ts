import type {
  AttributeCondition,
  Subscription,
  SubscriptionFilter,
} from '../../../../contract/subscriptions.ts';

/** What a filter means, said as plainly as possible: for tests of what finds rows quickly. */
export function matchesPlainly(row: Subscription, filter: SubscriptionFilter): boolean {
  const tags = row.tags.map((tag) => tag.toLowerCase());
  const has = (tag: string) => tags.includes(tag.toLowerCase());
  const text = asciiLower(filter.search.trim());
  const texts = [
    row.endpoint,
    row.label ?? '',
    row.externalId ?? '',
    ...row.tags,
    ...Object.values(row.attributes),
  ];
  return (
    (row.deletedAt !== null) === filter.inBin &&
    (filter.states.length === 0 || filter.states.includes(row.state)) &&
    (filter.pushServices.length === 0 || filter.pushServices.includes(row.pushService)) &&
    (filter.keyPairId === null || row.keyPairId === filter.keyPairId) &&
    (filter.tagsAnyOf.length === 0 || filter.tagsAnyOf.some(has)) &&
    filter.tagsAllOf.every(has) &&
    !filter.tagsNoneOf.some(has) &&
    filter.attributes.every((condition) => holds(row, condition)) &&
    (filter.addedFrom === null || row.addedAt >= filter.addedFrom) &&
    (filter.addedBefore === null || row.addedAt < filter.addedBefore) &&
    (filter.lastResults.length === 0 ||
      (row.lastDelivery !== null && filter.lastResults.includes(row.lastDelivery.state))) &&
    (filter.neverReached === null || (row.lastAcceptedAt === null) === filter.neverReached) &&
    (filter.externalIds.length === 0 ||
      (row.externalId !== null && filter.externalIds.includes(row.externalId))) &&
    (text === '' || texts.some((one) => asciiLower(one).includes(text)))
  );
}

function holds({ attributes }: Subscription, condition: AttributeCondition): boolean {
  const value = Object.hasOwn(attributes, condition.name) ? attributes[condition.name] : undefined;
  if ('anyOf' in condition) return value !== undefined && condition.anyOf.includes(value);
  if ('noneOf' in condition) return value === undefined || !condition.noneOf.includes(value);
  return (value !== undefined) === condition.isSet;
}

const asciiLower = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
