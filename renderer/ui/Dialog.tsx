import { Modal, type MantineSize } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import type { Problem } from '../../electron/contract/problem.ts';
import { DiscardQuestion } from './DiscardQuestion.tsx';
import { HeldWorkContext } from './held-work.ts';
import { useLeaveGuard } from './leave-guard.ts';
import { ProblemNotice } from './ProblemNotice.tsx';
import { shown } from './shown.ts';
import { useTyped } from './use-typed.ts';
import './dialog.css';

interface DialogProps {
  title: string;
  opened: boolean;
  onClose: () => void;
  size?: MantineSize | number;
  /** Whether closing asks before it discards what was typed or chosen; not where it was typed to confirm something. */
  keepsTyped?: boolean;
  children: ReactNode;
}

/**
 * A question in front of the screen. Meanwhile what lies behind cannot be reached by pointer, keyboard or screen reader; afterwards the
 * focus is where it was before, even if the dialog disappears at once instead of closing. Escape, the close button and a click outside
 * throw nothing away that was typed, pasted or chosen: they ask first, at the foot of the same dialog.
 */
export function Dialog({ title, opened, onClose, size = 480, keepsTyped = true, children }: DialogProps) {
  const { asked, hold, note, leave, leaveFor, keep, discard } = useTyped(opened, onClose);
  useLeaveGuard(leaveFor, opened && keepsTyped);
  useEffect(() => {
    const behind = document.getElementById('root');
    if (!opened || !behind) return;
    const opener = document.activeElement;
    behind.setAttribute('aria-hidden', 'true');
    behind.inert = true;
    return () => {
      behind.removeAttribute('aria-hidden');
      behind.inert = false;
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, [opened]);
  return (
    <Modal
      opened={opened}
      onClose={keepsTyped ? leave : onClose}
      onInput={note}
      returnFocus={false}
      title={<bdi>{shown(title)}</bdi>}
      size={size}
      classNames={{
        content: 'pd-dialog',
        title: 'pd-dialog__title',
        header: 'pd-dialog__header',
        body: 'pd-dialog__body',
      }}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <HeldWorkContext value={hold}>{children}</HeldWorkContext>
      {asked && <DiscardQuestion asked={asked} onKeep={keep} onDiscard={discard} />}
    </Modal>
  );
}

interface DialogButtonsProps {
  /** Why the last press was refused, where no field shows it. */
  problem?: Problem | null;
  children: ReactNode;
}

/** The foot of a dialog, in view however long the rest is: why a press was refused, and the buttons, the one that acts last. */
export function DialogButtons({ problem, children }: DialogButtonsProps) {
  return (
    <div className="pd-dialog__foot">
      {problem && <ProblemNotice problem={problem} />}
      <div className="pd-dialog__buttons">{children}</div>
    </div>
  );
}
