import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { Dialog } from '../../ui/Dialog.tsx';
import { FolderForm } from './FolderForm.tsx';
import { ServerForm } from './ServerForm.tsx';

interface OpenWorkspaceDialogProps {
  opened: boolean;
  onClose: () => void;
}

const KINDS = [
  { value: 'folder', label: 'On this computer' },
  { value: 'server', label: 'On a server' },
];

/** Opens another workspace in a window of its own. */
export function OpenWorkspaceDialog({ opened, onClose }: OpenWorkspaceDialogProps) {
  const [kind, setKind] = useState('folder');
  return (
    <Dialog title="Open workspace" opened={opened} onClose={onClose}>
      <SegmentedControl
        className="pd-workspaces__kinds"
        aria-label="Where the workspace is"
        fullWidth
        data={KINDS}
        value={kind}
        onChange={setKind}
      />
      {kind === 'folder' ? <FolderForm onDone={onClose} /> : <ServerForm onDone={onClose} />}
    </Dialog>
  );
}
