import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Problem } from '../../electron/contract/problem.ts';
import { Dialog, DialogButtons } from './Dialog.tsx';

interface ConfirmDialogProps {
  opened: boolean;
  title: string;
  children: ReactNode;
  /** The verb of the act, such as "Remove key pair". */
  actLabel: string;
  /** The verb for leaving it, such as "Keep key pair". */
  leaveLabel: string;
  isDangerous?: boolean;
  isBusy?: boolean;
  /** False while something has still to be typed or loaded. */
  isReady?: boolean;
  problem?: Problem | null;
  onAct: () => void;
  onLeave: () => void;
}

/** Asks once, with verbs on both buttons. Enter chooses to leave it where the act is dangerous. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { opened, title, children, actLabel, leaveLabel, onAct, onLeave } = props;
  return (
    <Dialog title={title} opened={opened} onClose={onLeave} size={440} keepsTyped={false}>
      <div className="pd-soft">{children}</div>
      <DialogButtons problem={props.problem ?? null}>
        <Button variant="default" data-autofocus={props.isDangerous ? true : undefined} onClick={onLeave}>
          {leaveLabel}
        </Button>
        <Button
          data-autofocus={props.isDangerous ? undefined : true}
          loading={props.isBusy ?? false}
          disabled={props.isReady === false}
          onClick={onAct}
          {...(props.isDangerous ? { color: 'red' } : {})}
        >
          {actLabel}
        </Button>
      </DialogButtons>
    </Dialog>
  );
}
