import { Button, type ButtonProps } from '@mantine/core';
import { useState } from 'react';
import type { Message } from '../../../electron/contract/message.ts';
import { RehearsalDialog } from './RehearsalDialog.tsx';

interface RehearseButtonProps {
  /** What is rehearsed; `null`: the fields are not right yet. */
  message: Message | null;
  children?: string;
  look?: Pick<ButtonProps, 'variant' | 'size'>;
}

/** Sends to virtual devices of this machine instead of to people. */
export function RehearseButton({
  message,
  children = 'Rehearse',
  look = { variant: 'default' },
}: RehearseButtonProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        {...look}
        onClick={() => {
          setOpen(true);
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
