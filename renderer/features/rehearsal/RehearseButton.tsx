import { Button, type ButtonProps } from '@mantine/core';
import { useEffect, useEffectEvent, useState } from 'react';
import { useLocation } from 'wouter';
import type { CanaryRules } from '../../../electron/contract/canary.ts';
import type { Message } from '../../../electron/contract/message.ts';
import { REHEARSAL_PATH } from '../../navigation/paths.ts';
import { RehearsalDialog } from './RehearsalDialog.tsx';

interface RehearseButtonProps {
  /** What is rehearsed; `null`: the fields are not right yet. */
  message: Message | null;
  /** Who goes first, as for a real campaign; left out: all at once. */
  canary?: CanaryRules | null;
  /** Told of a press while the fields are not right; without it the dialog says so. */
  onRefused?: () => void;
  children?: string;
  look?: Pick<ButtonProps, 'variant' | 'size'>;
}

/** Sends to virtual devices of this machine instead of to people. */
export function RehearseButton({
  message,
  canary = null,
  onRefused,
  children = 'Rehearse',
  look = { variant: 'default' },
}: RehearseButtonProps) {
  const [stage, setStage] = useState<'closed' | 'asking' | 'leading'>('closed');
  const [, navigate] = useLocation();
  const lead = useEffectEvent(() => {
    navigate(REHEARSAL_PATH);
  });
  // Only once the dialog is gone: while it is up, it asks about its settings, which are used by now.
  useEffect(() => {
    if (stage === 'leading') lead();
  }, [stage]);
  return (
    <>
      <Button
        {...look}
        onClick={() => {
          if (message === null && onRefused) onRefused();
          else setStage('asking');
        }}
      >
        {children}
      </Button>
      {stage === 'asking' && (
        <RehearsalDialog
          message={message}
          canary={canary}
          onClose={() => {
            setStage('closed');
          }}
          onOpen={() => {
            setStage('leading');
          }}
        />
      )}
    </>
  );
}
