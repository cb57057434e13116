import type {
  AttributeCondition,
  Subscription,
  SubscriptionFilter,
} from '../../../../contract/subscriptions.ts';

/** What a device last reported, or `null` if it is not known to report anything. */
export type PlainReceipts = { shownAt: number | null; clickedAt: number | null } | null;

/** What became of one campaign at a device, by the id of the campaign. */
export type PlainDeliveries = Record<
  number,
  { asked: boolean; isAccepted: boolean; isShown: boolean; isClicked: boolean }
>;

const DAY_MS = 86_400_000;

/** What a filter means, written as plainly as possible, for testing the code that finds rows quickly. */
export function matchesPlainly(
  row: Subscription,
  filter: SubscriptionFilter,
  receipts: PlainReceipts = null,
  now = 0,
  deliveries: PlainDeliveries = {},
): boolean {
  const tags = row.tags.map((tag) => tag.toLowerCase());
  const has = (tag: string) => tags.includes(tag.toLowerCase());
  const inCampaign = (id: number | null, holdsFor: (one: PlainDeliveries[number]) => boolean) => {
    const delivery = id === null ? undefined : deliveries[id];
    return id === null || (delivery !== undefined && holdsFor(delivery));
  };
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
    isWithin(receipts?.shownAt, filter.shownWithinDays, now) &&
    isWithin(receipts?.clickedAt, filter.clickedWithinDays, now) &&
    (filter.neverShown === null ||
      (receipts !== null && (receipts.shownAt === null) === filter.neverShown)) &&
    (filter.canReport === null || (receipts !== null) === filter.canReport) &&
    inCampaign(filter.shownInCampaign, ({ isShown }) => isShown) &&
    inCampaign(filter.clickedInCampaign, ({ isClicked }) => isClicked) &&
    inCampaign(filter.notClickedInCampaign, ({ isShown, isClicked }) => isShown && !isClicked) &&
    inCampaign(
      filter.notShownInCampaign,
      ({ asked, isAccepted, isShown }) => asked && isAccepted && receipts !== null && !isShown,
    ) &&
    (filter.externalIds.length === 0 ||
      (row.externalId !== null && filter.externalIds.includes(row.externalId))) &&
    (text === '' || texts.some((one) => asciiLower(one).includes(text)))
  );
}

const isWithin = (at: number | null | undefined, days: number | null, now: number) =>
  days === null || (typeof at === 'number' && at >= now - days * DAY_MS);

function holds({ attributes }: Subscription, condition: AttributeCondition): boolean {
  const value = Object.hasOwn(attributes, condition.name) ? attributes[condition.name] : undefined;
  if ('anyOf' in condition) return value !== undefined && condition.anyOf.includes(value);
  if ('noneOf' in condition) return value === undefined || !condition.noneOf.includes(value);
  return (value !== undefined) === condition.isSet;
}

const asciiLower = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
