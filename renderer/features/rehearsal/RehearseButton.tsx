import { Button, type ButtonProps } from '@mantine/core';
import { useState } from 'react';
import type { Message } from '../../../electron/contract/message.ts';
import { RehearsalDialog } from './RehearsalDialog.tsx';

interface RehearseButtonProps {
  /** What is rehearsed; `null`: the fields are not right yet. */
  message: Message | null;
  /** Told of a press while the fields are not right; without it the dialog says so. */
  onRefused?: () => void;
  children?: string;
  look?: Pick<ButtonProps, 'variant' | 'size'>;
}

/** Sends to virtual devices of this machine instead of to people. */
export function RehearseButton({
  message,
  onRefused,
  children = 'Rehearse',
  look = { variant: 'default' },
}: RehearseButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        {...look}
        onClick={() => {
          if (message === null && onRefused) onRefused();
          else setOpen(true);
        }}
      >
        {children}
      </Button>
      {isOpen && (
        <RehearsalDialog
          message={message}
          onClose={() => {
            setOpen(false);
          }}
        />
      )}
    </>
  );
}
