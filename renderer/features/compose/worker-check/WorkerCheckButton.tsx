import { Button } from '@mantine/core';
import { IconStethoscope } from '@tabler/icons-react';
import { useState } from 'react';
import type { Message } from '../../../../electron/contract/message.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { WorkerCheckForm } from './WorkerCheckForm.tsx';
import './worker-check.css';

/** Opens the check of the site's own service worker against the message as it stands. */
export function WorkerCheckButton({ message }: { message: () => Message }) {
  const [checked, setChecked] = useState<Message | null>(null);
  const close = () => {
    setChecked(null);
  };
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconStethoscope size={15} aria-hidden />}
        onClick={() => {
          setChecked(message());
        }}
      >
        Check your service worker
      </Button>
      {/* What is pasted stays for as long as the window does, so that closing loses nothing. */}
      <Dialog
        title="Check your service worker"
        opened={checked !== null}
        onClose={close}
        size={760}
        keepsTyped={false}
      >
        {checked !== null && <WorkerCheckForm message={checked} />}
      </Dialog>
    </>
  );
}
