import { Dialog } from '../../ui/Dialog.tsx';
import { FolderForm } from './FolderForm.tsx';

interface OpenWorkspaceDialogProps {
  opened: boolean;
  onClose: () => void;
}

/** Opens another workspace in a window of its own. */
export function OpenWorkspaceDialog({ opened, onClose }: OpenWorkspaceDialogProps) {
  return (
    <Dialog title="Open workspace" opened={opened} onClose={onClose}>
      <FolderForm onDone={onClose} />
    </Dialog>
  );
}
