import { visibleOwnText } from '../text/visible-text.ts';
import type { KeptAudience, KeptAudiencePart } from '../../contract/campaign-audience.ts';
import type { AttributeCondition, SubscriptionFilter } from '../../contract/subscriptions.ts';

const count = new Intl.NumberFormat('en');

type Meant = Pick<KeptAudience, 'kind' | 'anyOf' | 'leaveOut'>;

/** The same with its words. */
export const keptAudience = ({
  remarks = [],
  ...kept
}: Meant & Partial<Pick<KeptAudience, 'remarks'>>): KeptAudience => ({
  ...kept,
  remarks,
  text: audienceWords(kept),
});

/** Whom a campaign meant, for a person: `Newsletter or tag vip, without tag staff`. */
export function audienceWords({ kind, anyOf, leaveOut }: Meant): string {
  const whom = kind === 'everyone' ? 'Everyone' : anyOf.map(partWords).join(' or ');
  const words = leaveOut.length === 0 ? whom : `${whom}, without ${leaveOut.map(partWords).join(' and ')}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function partWords(part: KeptAudiencePart): string {
  switch (part.kind) {
    case 'segment':
      return part.name;
    case 'tag':
      return `tag ${part.tag}`;
    case 'filter':
      return filterWords(part.filter);
    case 'chosen':
      return part.count === 1 ? '1 chosen subscription' : `${count.format(part.count)} chosen subscriptions`;
    case 'externalIds':
      return part.count === 1
        ? '1 person by external ID'
        : `${count.format(part.count)} people by external ID`;
    case 'endpoints':
      return part.count === 1 ? '1 endpoint' : `${count.format(part.count)} endpoints`;
  }
}

/** What a filter asks for, in words: `state active, tag news, plan is pro`. */
export function filterWords(filter: SubscriptionFilter): string {
  const day = (at: number) => new Date(at).toISOString().slice(0, 10);
  const list = (words: readonly string[]) => words.join(' or ');
  const words = [
    filter.search.trim() === '' ? '' : `“${visibleOwnText(filter.search.trim())}”`,
    filter.states.length === 0 ? '' : `state ${list(filter.states)}`,
    filter.pushServices.length === 0 ? '' : `service ${list(filter.pushServices)}`,
    filter.keyPairId === null ? '' : 'one key pair',
    filter.tagsAnyOf.length === 0 ? '' : `tag ${list(filter.tagsAnyOf)}`,
    filter.tagsAllOf.length === 0 ? '' : `tag ${filter.tagsAllOf.join(' and ')}`,
    filter.tagsNoneOf.length === 0 ? '' : `no tag ${list(filter.tagsNoneOf)}`,
    ...filter.attributes.map(conditionWords),
    filter.addedFrom === null ? '' : `added from ${day(filter.addedFrom)}`,
    filter.addedBefore === null ? '' : `added before ${day(filter.addedBefore)}`,
    filter.lastResults.length === 0 ? '' : `last result ${list(filter.lastResults)}`,
    filter.neverReached === null ? '' : filter.neverReached ? 'never reached' : 'reached before',
    filter.shownWithinDays === null ? '' : `shown ${withinDays(filter.shownWithinDays)}`,
    filter.clickedWithinDays === null ? '' : `clicked ${withinDays(filter.clickedWithinDays)}`,
    filter.neverShown === null ? '' : filter.neverShown ? 'never shown' : 'shown before',
    filter.canReport === null ? '' : filter.canReport ? 'can report receipts' : 'can’t report receipts',
    ...CAMPAIGN_WORDS.map(({ field, words }) => (filter[field] === null ? '' : `${words} #${filter[field]}`)),
    filter.externalIds.length === 0 ? '' : `${count.format(filter.externalIds.length)} external IDs`,
  ].filter((word) => word !== '');
  return words.length === 0 ? 'all subscriptions' : words.join(', ');
}

const CAMPAIGN_WORDS = [
  { field: 'shownInCampaign', words: 'shown campaign' },
  { field: 'notShownInCampaign', words: 'not shown campaign' },
  { field: 'clickedInCampaign', words: 'clicked campaign' },
  { field: 'notClickedInCampaign', words: 'shown but not clicked campaign' },
] as const;

/** A period up to now: `in the last 30 days`. */
export const withinDays = (days: number): string =>
  days === 1 ? 'in the last 24 hours' : `in the last ${count.format(days)} days`;

function conditionWords(condition: AttributeCondition): string {
  const { name } = condition;
  if ('anyOf' in condition) return `${name} is ${condition.anyOf.join(' or ')}`;
  if ('noneOf' in condition) return `${name} is not ${condition.noneOf.join(' or ')}`;
  return condition.isSet ? `${name} is set` : `${name} is not set`;
}
