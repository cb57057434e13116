import type { CampaignState } from '../../../electron/contract/campaigns.ts';
import { campaignStatesThat } from '../../../electron/core/campaign/lifecycle.ts';
import type { CampaignTab } from '../../navigation/paths.ts';

/** What a person narrowed the campaigns to; days as a date field gives them (`2026-03-01`), empty for none. */
export interface CampaignSearch {
  search: string;
  fromDay: string;
  toDay: string;
}

export const EVERY_CAMPAIGN: CampaignSearch = { search: '', fromDay: '', toDay: '' };

export const isNarrowed = ({ search, fromDay, toDay }: CampaignSearch) =>
  search.trim() !== '' || fromDay !== '' || toDay !== '';

/** Whether a tab lists campaigns that were started. */
export const isListTab = (tab: CampaignTab) => tab === 'all' || tab === 'sending' || tab === 'finished';

/** The states under a tab; none: all of them. */
export function statesOf(tab: CampaignTab): CampaignState[] {
  if (tab === 'sending') return campaignStatesThat('isUnderWay');
  if (tab === 'finished') return [...campaignStatesThat('isFinished'), ...campaignStatesThat('isCancelled')];
  return [];
}

/** As the engine is asked; days begin and end at midnight on this machine. */
export function askedOf(tab: CampaignTab, { search, fromDay, toDay }: CampaignSearch) {
  const from = midnight(fromDay, 0);
  const to = midnight(toDay, 1);
  return {
    ...(search.trim() === '' ? {} : { search: search.trim() }),
    states: statesOf(tab),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  };
}

/** The midnight that begins a day, or so many days later; `null`: this is not a day. A day of 23 or 25 hours counts as one. */
function midnight(day: string, daysLater: number): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) return null;
  const at = new Date(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]) + daysLater).getTime();
  return Number.isNaN(at) ? null : Math.max(0, at);
}
