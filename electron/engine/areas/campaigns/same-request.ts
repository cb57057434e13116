import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { Audience } from '../../../contract/campaign-audience.ts';
import type { startCampaignInputSchema } from '../../../contract/campaigns.ts';
import type { CampaignRow } from '../../dispatch/campaign-store.ts';

/**
 * Whether a repeated request asks for what it asked for the first time. A limit that is left out means the one in the settings, which may
 * have changed since, so it is not compared.
 */
export function isSameRequest(
  campaign: Pick<CampaignRow, 'message' | 'messagesPerMinute'> & { readonly audience: Audience | null },
  input: Omit<z.output<typeof startCampaignInputSchema>, 'requestId'>,
): boolean {
  const { message, audience, messagesPerMinute = campaign.messagesPerMinute } = input;
  return (
    isDeepStrictEqual(message, campaign.message) &&
    isDeepStrictEqual(audience, campaign.audience) &&
    messagesPerMinute === campaign.messagesPerMinute
  );
}
