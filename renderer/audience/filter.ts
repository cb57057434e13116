import {
  subscriptionFilterSchema,
  type AttributeCondition,
  type SubscriptionFilter,
} from '../../electron/contract/subscriptions.ts';
import type { DeliveryState } from '../../electron/contract/deliveries.ts';
import type { CampaignId, KeyPairId } from '../../electron/contract/ids.ts';
import { withinDays } from '../../electron/core/campaign/audience-words.ts';
import { PUSH_SERVICES } from '../../electron/core/push-services/all.ts';
import { visibleOwnText } from '../../electron/core/text/visible-text.ts';
import { countOf } from '../format/numbers.ts';
import { formatDate } from '../format/moments.ts';
import { DELIVERY_STATES, SUBSCRIPTION_STATES } from '../words/states.ts';
import { attributeLabel } from '../words/attributes.ts';

/** Asks for nothing in particular: everything outside the bin. */
export const EMPTY_FILTER: SubscriptionFilter = subscriptionFilterSchema.parse({});

/** What a condition is about. */
export type ConditionKind =
  | 'state'
  | 'service'
  | 'key'
  | 'tags'
  | 'attribute'
  | 'added'
  | 'last-result'
  | 'reached'
  | 'shown'
  | 'clicked'
  | 'receipts'
  | 'external-id';

/** One condition of a filter, as a chip shows it. */
export interface Condition {
  /** Unique within a filter. */
  id: string;
  kind: ConditionKind;
  /** Which of the conditions on attributes. */
  index?: number;
  what: string;
  says: string;
  /** The filter without it. */
  rest: SubscriptionFilter;
}

const listed = (word: string) => (words: readonly string[]) => {
  const [first = '', second, ...others] = words;
  if (second === undefined) return first;
  return others.length === 0
    ? `${first} ${word} ${second}`
    : `${first}, ${second} ${word} ${others.length} more`;
};
const or = listed('or');
const and = listed('and');

export const RESULT_WORDS = Object.fromEntries(
  Object.entries(DELIVERY_STATES).map(([state, { word }]) => [state, word]),
) as Record<DeliveryState, string>;

/** What a filter names by ids. `undefined`: not known. */
export interface FilterNames {
  key(id: KeyPairId): string | undefined;
  /** The title of its message. */
  campaign(id: CampaignId): string | undefined;
}

const NO_NAMES: FilterNames = { key: () => undefined, campaign: () => undefined };

/**
 * The conditions of a filter in the order in which they are shown. The search and the bin are not among them: they have places of their
 * own.
 */
export function conditionsOf(filter: SubscriptionFilter, names: FilterNames): Condition[] {
  const found: Condition[] = [];
  const add = (
    id: string,
    kind: ConditionKind,
    what: string,
    says: string,
    without: Partial<SubscriptionFilter>,
  ) => {
    found.push({ id, kind, what, says, rest: { ...filter, ...without } });
  };
  const { states, pushServices, keyPairId, lastResults, neverReached, externalIds } = filter;
  const { shownWithinDays, clickedWithinDays, neverShown, canReport } = filter;
  if (states.length > 0)
    add('state', 'state', 'State', or(states.map((state) => SUBSCRIPTION_STATES[state].word)), {
      states: [],
    });
  if (pushServices.length > 0)
    add('service', 'service', 'Push service', or(pushServices.map((id) => PUSH_SERVICES[id].name)), {
      pushServices: [],
    });
  if (keyPairId !== null)
    add('key', 'key', 'Key pair', names.key(keyPairId) ?? `#${keyPairId}`, { keyPairId: null });
  for (const { field, id, what, join } of TAG_CONDITIONS)
    if (filter[field].length > 0) add(id, 'tags', what, join(filter[field]), { [field]: [] });
  filter.attributes.forEach((condition, index) => {
    found.push({
      id: `attribute ${index}`,
      kind: 'attribute',
      index,
      what: attributeLabel(condition.name),
      says: attributeSays(condition),
      rest: { ...filter, attributes: filter.attributes.filter((_, other) => other !== index) },
    });
  });
  if (filter.addedFrom !== null || filter.addedBefore !== null)
    add('added', 'added', 'Added', addedSays(filter), { addedFrom: null, addedBefore: null });
  if (lastResults.length > 0)
    add('last-result', 'last-result', 'Last result', or(lastResults.map((state) => RESULT_WORDS[state])), {
      lastResults: [],
    });
  if (neverReached !== null)
    add('reached', 'reached', 'Reached', neverReached ? 'never' : 'at least once', { neverReached: null });
  if (shownWithinDays !== null || neverShown !== null)
    add('shown', 'shown', 'Shown', shownSays(filter), { shownWithinDays: null, neverShown: null });
  if (clickedWithinDays !== null)
    add('clicked', 'clicked', 'Clicked', withinDays(clickedWithinDays), { clickedWithinDays: null });
  for (const { field, kind, what } of CAMPAIGN_CONDITIONS) {
    const id = filter[field];
    if (id !== null) add(field, kind, what, campaignSays(id, names), { [field]: null });
  }
  if (canReport !== null)
    add('receipts', 'receipts', 'Receipts', canReport ? 'can report' : 'can’t report', { canReport: null });
  if (externalIds.length > 0)
    add(
      'external-id',
      'external-id',
      'External ID',
      externalIds.length > 2 ? countOf(externalIds.length, 'ID') : or(externalIds),
      { externalIds: [] },
    );
  return found;
}

export const TAG_CONDITIONS = [
  { field: 'tagsAnyOf', id: 'tags any', what: 'Tag', join: or, label: 'Has any of' },
  { field: 'tagsAllOf', id: 'tags all', what: 'All tags', join: and, label: 'Has all of' },
  { field: 'tagsNoneOf', id: 'tags none', what: 'Not tagged', join: or, label: 'Has none of' },
] as const;

/** `label`: of the field in which a campaign is chosen. */
export const CAMPAIGN_CONDITIONS = [
  { field: 'shownInCampaign', kind: 'shown', what: 'Shown in', label: 'Shown in campaign' },
  { field: 'notShownInCampaign', kind: 'shown', what: 'Not shown in', label: 'Not shown in campaign' },
  { field: 'clickedInCampaign', kind: 'clicked', what: 'Clicked in', label: 'Clicked in campaign' },
  {
    field: 'notClickedInCampaign',
    kind: 'clicked',
    what: 'Shown but not clicked in',
    label: 'Shown but not clicked in campaign',
  },
] as const;

/** The campaigns that filters name. */
export const campaignsIn = (filters: readonly SubscriptionFilter[]): CampaignId[] => [
  ...new Set(filters.flatMap((filter) => CAMPAIGN_CONDITIONS.flatMap(({ field }) => filter[field] ?? []))),
];

const campaignSays = (id: CampaignId, names: FilterNames): string =>
  visibleOwnText(names.campaign(id) ?? `#${id}`);

function attributeSays(condition: AttributeCondition): string {
  if ('anyOf' in condition) return or(condition.anyOf);
  if ('noneOf' in condition) return `not ${or(condition.noneOf)}`;
  return condition.isSet ? 'is set' : 'is not set';
}

/** The last day included is shown, not the day before which the range ends. */
function addedSays({ addedFrom, addedBefore }: SubscriptionFilter): string {
  const until = addedBefore === null ? null : formatDate(addedBefore - 1);
  if (addedFrom === null) return `until ${until}`;
  return until === null ? `since ${formatDate(addedFrom)}` : `${formatDate(addedFrom)} to ${until}`;
}

function shownSays({ shownWithinDays, neverShown }: SubscriptionFilter): string {
  return [
    neverShown === null ? '' : neverShown ? 'never' : 'at least once',
    shownWithinDays === null ? '' : withinDays(shownWithinDays),
  ]
    .filter((words) => words !== '')
    .join(', ');
}

/** Whether it asks for anything besides what is in the search box. */
export const hasConditions = (filter: SubscriptionFilter): boolean =>
  conditionsOf(filter, NO_NAMES).length > 0;

/** Whether two filters ask for the same. */
export const isSameFilter = (one: SubscriptionFilter, other: SubscriptionFilter): boolean =>
  JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));

const inOrder = (filter: SubscriptionFilter) =>
  Object.entries({ ...EMPTY_FILTER, ...filter, search: filter.search.trim() }).toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );

/** All of a filter in one line, for a tooltip or a sentence. */
export function filterSays(filter: SubscriptionFilter, names: FilterNames): string {
  const words = conditionsOf(filter, names).map(({ what, says }) => `${what}: ${says}`);
  if (filter.search !== '') words.unshift(`“${visibleOwnText(filter.search)}”`);
  return words.length === 0 ? 'All subscriptions' : words.join('; ');
}
