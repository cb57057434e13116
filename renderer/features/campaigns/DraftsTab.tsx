import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { useLocation } from 'wouter';
import { SCREENS } from '../../navigation/screens.ts';
import { compositionOf, isBlank } from '../../compose-draft/composition.ts';
import { useDraft } from '../../compose-draft/use-draft.ts';
import { loadable } from '../../api/loadable.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { visibleOwnText } from '../../../electron/core/text/visible-text.ts';

/** Messages that are being written. */
export function DraftsTab() {
  const [, navigate] = useLocation();
  const { draft } = useDraft();
  const open = (
    <Button
      variant="default"
      onClick={() => {
        navigate(SCREENS.compose.path);
      }}
    >
      Open Compose
    </Button>
  );
  return (
    <Loaded of={loadable(draft)}>
      {(kept) => {
        const { fields } = compositionOf(kept);
        return isBlank(fields) ? (
          <EmptyState icon={IconPencil} title="No drafts" actions={open}>
            <p>A message that you write in Compose is kept here until you send it.</p>
          </EmptyState>
        ) : (
          <EmptyState icon={IconPencil} title={visibleOwnText(fields.title) || 'Untitled'} actions={open}>
            <p dir="auto">{visibleOwnText(fields.body, true)}</p>
          </EmptyState>
        );
      }}
    </Loaded>
  );
}
