import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Message } from '../../../electron/contract/message.ts';
import { problemOf } from '../../api/problem-of.ts';
import { toast } from '../../ui/toast.ts';
import { SCREENS } from '../../navigation/screens.ts';
import type { MessageFields } from '../../compose-draft/composition.ts';
import { DraftQuestion } from '../../compose-draft/DraftQuestion.tsx';
import { useDraftInTheWay, useFillCompose } from '../../compose-draft/use-draft.ts';

/** Takes a message that was sent into Compose; a draft that stands there is not overwritten unasked. */
export function UseMessageAgain({ message }: { message: Message }) {
  const [, navigate] = useLocation();
  const [draft, setDraft] = useState<MessageFields | null>(null);
  const draftInTheWay = useDraftInTheWay();
  const fillCompose = useFillCompose();
  const failed = (error: unknown) => {
    const { cause, cure } = problemOf(error);
    toast(`${cause} ${cure}`);
  };
  const take = useMutation({
    mutationFn: () => fillCompose({ message }),
    onSuccess: () => {
      navigate(SCREENS.compose.path);
    },
    onError: failed,
  });
  const ask = useMutation({
    mutationFn: () => draftInTheWay(message),
    onSuccess(found) {
      if (found === null) take.mutate();
      else setDraft(found);
    },
    onError: failed,
  });
  return (
    <>
      <Button
        variant="default"
        disabled={ask.isPending || take.isPending}
        onClick={() => {
          ask.mutate();
        }}
      >
        Use message again
      </Button>
      {draft && (
        <DraftQuestion
          draft={draft}
          onReplace={() => {
            setDraft(null);
            take.mutate();
          }}
          onKeep={() => {
            setDraft(null);
          }}
        />
      )}
    </>
  );
}
