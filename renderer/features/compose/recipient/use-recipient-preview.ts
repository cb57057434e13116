import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Audience } from '../../../../electron/contract/campaign-audience.ts';
import type { SubscriptionId } from '../../../../electron/contract/ids.ts';
import type { Message } from '../../../../electron/contract/message.ts';
import type { Problem } from '../../../../electron/contract/problem.ts';
import type { RecipientPreview } from '../../../../electron/contract/recipient-preview.ts';
import { isPersonal } from '../../../../electron/core/message/variables/personal.ts';
import { useQueries } from '../../../api/ApiProvider.tsx';
import { problemOf } from '../../../api/problem-of.ts';

const ASK_AFTER_MS = 250;

/** Whose text is asked for; `null`: the text as it was written. */
type Wish = { of?: SubscriptionId; step?: 'next' | 'previous' } | null;

export interface RecipientChoice {
  /** Whether the text depends on who gets it. */
  readonly isOffered: boolean;
  /** As they get it; `null`: nobody is chosen, or the answer is still to come. */
  readonly shown: RecipientPreview | null;
  /** There is nobody to choose. */
  readonly isNobody: boolean;
  readonly problem: Problem | null;
  /** `null`: the text as it was written. */
  readonly choose: (id: SubscriptionId | null) => void;
  /** The recipient after or before the chosen one; where nobody is chosen, the first or the last. */
  readonly step: (step: 'next' | 'previous') => void;
}

/**
 * The message as one recipient after the other gets it.
 *
 * @param message `null`: a field is not right; what was shown stays
 * @param written the message as far as it is written
 */
export function useRecipientPreview(
  message: Message | null,
  written: Message,
  audience: Audience | null,
): RecipientChoice {
  const [wish, setWish] = useState<Wish>(null);
  const isOffered = isPersonal(written);
  const [settled] = useDebouncedValue(message && audience && { message, audience }, ASK_AFTER_MS);
  const { campaigns } = useQueries();
  const found = useQuery({
    ...campaigns.previewFor.queryOptions({
      input: settled === null || wish === null || !isOffered ? skipToken : { ...settled, ...wish },
    }),
    placeholderData: keepPreviousData,
  });
  const shown = wish === null || !isOffered ? null : (found.data ?? null);
  return {
    isOffered,
    shown,
    isNobody: wish !== null && found.data === null,
    problem: wish !== null && found.error !== null ? problemOf(found.error) : null,
    choose: (id) => {
      setWish(id === null ? null : { of: id });
    },
    step: (step) => {
      setWish(shown === null ? { step } : { of: shown.subscription.id, step });
    },
  };
}
