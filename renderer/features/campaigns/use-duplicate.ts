import { useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import type { DraftContent } from '../../../electron/contract/drafts.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { CANARY, wishOf } from '../../compose-draft/canary.ts';
import { useDrafts } from '../../compose-draft/use-draft.ts';
import { repeatOf, WHEN } from '../../compose-draft/when.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { toast } from '../../ui/toast.ts';

/** A draft of what was sent, or a function that first reads what is to be in it. */
type Copied = Partial<DraftContent> | (() => Promise<Partial<DraftContent>>);

/** Opens a copy of something that was sent as a new draft in Compose. */
export function useDuplicate() {
  const [, navigate] = useLocation();
  const { begin } = useDrafts();
  const { mutate, isPending } = useMutation({
    mutationFn: async (content: Copied) => begin(typeof content === 'function' ? await content() : content),
    onSuccess() {
      navigate(SCREENS.compose.path);
    },
    onError(error) {
      const { cause, cure } = problemOf(error);
      toast(`${cause} ${cure}`);
    },
  });
  return { duplicate: mutate, isPending };
}

/**
 * Opens a copy of a campaign with its recipients, and as careful as it was: with its canary, quiet hours and pace. Where its recipients
 * cannot be read any more, they are to be chosen: never everyone instead.
 */
export function useDuplicateCampaign() {
  const { campaigns } = useQueries();
  const { duplicate, isPending } = useDuplicate();
  return {
    duplicate: ({ id, message, canary, hours }: Pick<Campaign, 'id' | 'message' | 'canary' | 'hours'>) => {
      duplicate(async () => {
        const [audience, { messagesPerMinute }] = await Promise.all([
          campaigns.audienceOf.call({ id }),
          campaigns.get.call({ id }),
        ]);
        const when = repeatOf({ hours, messagesPerMinute });
        const choices = {
          ...(canary === null ? {} : { [CANARY]: wishOf(canary.rules) }),
          ...(when === null ? {} : { [WHEN]: when }),
        };
        return { message, audience, ...(Object.keys(choices).length === 0 ? {} : { choices }) };
      });
    },
    isPending,
  };
}
