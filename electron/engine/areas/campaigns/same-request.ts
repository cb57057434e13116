import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { startCampaignInputSchema } from '../../../contract/campaign-requests.ts';

type Asked = Omit<z.output<typeof startCampaignInputSchema>, 'requestId'>;

/**
 * Whether a repeated request asks for the same as the first time. A field that is left out means what the settings say, which may have
 * changed since, so it is not compared.
 *
 * @param first what the campaign was started with; `null`: none, or it cannot be read
 */
export function isSameRequest(
  first: { readonly [Name in keyof Asked]-?: Asked[Name] | null },
  again: Asked,
): boolean {
  const names = Object.keys(again) as (keyof Asked)[];
  return names.every((name) => again[name] === undefined || isDeepStrictEqual(again[name], first[name]));
}
