import { useDebouncedValue } from '@mantine/hooks';
import { skipToken, useQuery } from '@tanstack/react-query';
import type { PictureCheck } from '../../../electron/contract/pictures.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import type { MessageFields } from '../../compose-draft/composition.ts';

/** Longer than the pause between two keys: nobody wants half an address checked. */
const ASK_AFTER_MS = 700;

/**
 * Whether the pictures can be loaded, asked of the engine a moment after the person has stopped typing. A check whose text has changed
 * since is cancelled.
 */
export function usePictureCheck({
  iconUrl,
  badgeUrl,
  imageUrl,
}: Pick<MessageFields, 'iconUrl' | 'badgeUrl' | 'imageUrl'>): PictureCheck | undefined {
  const { campaigns } = useQueries();
  const typed = JSON.stringify({ iconUrl, badgeUrl, imageUrl });
  const [settled] = useDebouncedValue(typed, ASK_AFTER_MS);
  const isAny = [iconUrl, badgeUrl, imageUrl].some((url) => /^\s*https?:\/\//i.test(url));
  const input = { iconUrl: iconUrl.trim(), badgeUrl: badgeUrl.trim(), imageUrl: imageUrl.trim() };
  const check = useQuery(
    campaigns.checkPictures.queryOptions({ input: settled === typed && isAny ? input : skipToken }),
  );
  return settled === typed ? check.data : undefined;
}
