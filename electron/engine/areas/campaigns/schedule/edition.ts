import { createHash } from 'node:crypto';
import type { CampaignId } from '../../../../contract/ids.ts';
import type { CampaignStores } from '../campaign-stores.ts';
import { quietOf } from './hours-of.ts';

/** Enough of a hash that two editions of one campaign never share it. */
const LENGTH = 22;

/**
 * Everything that can be edited in a waiting campaign, hashed to a few characters: whoever edits it can say which edition they saw.
 *
 * @returns `null`: it does not wait for its time
 */
export function editionOf(
  { campaigns, schedules, canaries }: Pick<CampaignStores, 'campaigns' | 'schedules' | 'canaries'>,
  id: CampaignId,
): string | null {
  const row = campaigns.get(id);
  const open = schedules.one(id);
  if (row === null || open === null) return null;
  const all = [
    row.message,
    campaigns.audienceOf(id),
    open.schedule,
    row.messagesPerMinute,
    quietOf(row),
    canaries.of(id)?.rules ?? null,
  ];
  return createHash('sha256').update(JSON.stringify(all)).digest('base64url').slice(0, LENGTH);
}
