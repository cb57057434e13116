import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconCopy } from '@tabler/icons-react';
import { Announced } from './Announced.tsx';
import { useCopy, type CopyOutcome } from './use-copy.ts';

interface CopyButtonProps {
  /** What the button says, such as "Copy public key". */
  label: string;
  text: string;
  /** The text has several lines. */
  hasLines?: boolean;
  /** `icon` for rows of a table, `button` where the words have room. */
  look?: 'icon' | 'button';
}

const ICONS = { idle: IconCopy, copied: IconCheck, refused: IconAlertTriangle };

const wordsOf = (label: string, outcome: CopyOutcome) => {
  if (outcome === 'copied') return 'Copied';
  return outcome === 'refused' ? 'Could not copy: click in the window and try again' : label;
};

export function CopyButton({ label, text, hasLines = false, look = 'icon' }: CopyButtonProps) {
  const { outcome, copy } = useCopy();
  const CopyIcon = ICONS[outcome];
  const words = wordsOf(label, outcome);
  const press = (event: { stopPropagation: () => void }) => {
    event.stopPropagation();
    void copy(text, hasLines);
  };
  if (look === 'button') {
    return (
      <Button variant="default" size="xs" leftSection={<CopyIcon size={14} aria-hidden />} onClick={press}>
        {words}
      </Button>
    );
  }
  return (
    <>
      <Tooltip label={words} openDelay={outcome === 'idle' ? 400 : 0}>
        <ActionIcon size="sm" aria-label={label} onClick={press}>
          <CopyIcon size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {outcome !== 'idle' && <Announced text={words} count={0} />}
    </>
  );
}
