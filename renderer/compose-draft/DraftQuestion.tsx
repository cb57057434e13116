import { visibleOwnText } from '../../electron/core/text/visible-text.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import type { MessageFields } from './composition.ts';

interface DraftQuestionProps {
  /** What stands in Compose. */
  draft: MessageFields;
  onReplace: () => void;
  onKeep: () => void;
}

/** Asks before a draft makes room for another message: there is one at a time. */
export function DraftQuestion({ draft, onReplace, onKeep }: DraftQuestionProps) {
  const name = [draft.title, draft.body].find((text) => text.trim() !== '');
  return (
    <ConfirmDialog
      opened
      title="Replace your draft?"
      actLabel="Replace draft"
      leaveLabel="Keep draft"
      isDangerous
      onAct={onReplace}
      onLeave={onKeep}
    >
      {name === undefined ? (
        'Compose holds a draft'
      ) : (
        <>
          Compose holds the draft “<bdi>{visibleOwnText(shortened(name))}</bdi>”
        </>
      )}
      {', which has not been sent. Replacing it can’t be undone.'}
    </ConfirmDialog>
  );
}

const shortened = (text: string) => (text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text);
