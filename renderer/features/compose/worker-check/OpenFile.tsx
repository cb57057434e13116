import { Button, FileButton } from '@mantine/core';
import { MAX_WORKER_SCRIPT } from '../../../../electron/contract/worker-check.ts';

interface OpenFileProps {
  /** Which file is meant, for those who do not see it. */
  label?: string;
  className?: string;
  onText: (text: string) => void;
}

/** Reads a script from a file. One that is too large is cut where the check says so. */
export function OpenFile({ label, className, onText }: OpenFileProps) {
  return (
    <FileButton
      accept=".js,.mjs,.ts,.json,text/javascript,application/json"
      onChange={(file) => {
        if (file !== null)
          void file
            .slice(0, MAX_WORKER_SCRIPT + 1)
            .text()
            .then(onText);
      }}
    >
      {(props) => (
        <Button {...props} size="compact-xs" variant="subtle" className={className} aria-label={label}>
          Open file
        </Button>
      )}
    </FileButton>
  );
}
