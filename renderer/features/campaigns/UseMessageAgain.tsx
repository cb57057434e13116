import { Button } from '@mantine/core';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Message } from '../../../electron/contract/message.ts';
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
  const take = async () => {
    await fillCompose({ message });
    navigate(SCREENS.compose.path);
  };
  return (
    <>
      <Button
        variant="default"
        onClick={() => {
          void draftInTheWay(message).then((found) => {
            if (found === null) return take();
            setDraft(found);
            return undefined;
          });
        }}
      >
        Use message again
      </Button>
      {draft && (
        <DraftQuestion
          draft={draft}
          onReplace={() => void take()}
          onKeep={() => {
            setDraft(null);
          }}
        />
      )}
    </>
  );
}
