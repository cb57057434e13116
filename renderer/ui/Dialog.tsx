import { Button, Modal, type MantineSize } from '@mantine/core';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { shown } from './shown.ts';
import { useTyped } from './use-typed.ts';
import './dialog.css';

interface DialogProps {
  title: string;
  opened: boolean;
  onClose: () => void;
  size?: MantineSize | number;
  /** Whether closing asks before it discards what was typed; not where that was typed to confirm something. */
  keepsTyped?: boolean;
  children: ReactNode;
}

/**
 * A question in front of the screen. What lies behind cannot be reached meanwhile, by hand, key or screen reader; then the focus is
 * where it was before, also where the dialog goes at once instead of closing. Escape, the close button and a click outside throw
 * nothing away that was typed or pasted: they ask first, at the foot of the same dialog.
 */
export function Dialog({ title, opened, onClose, size = 480, keepsTyped = true, children }: DialogProps) {
  const { isAsking, note, leave, keep, discard } = useTyped(opened, onClose);
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
      {children}
      {isAsking && <DiscardQuestion onKeep={keep} onDiscard={discard} />}
    </Modal>
  );
}

function DiscardQuestion({ onKeep, onDiscard }: { onKeep: () => void; onDiscard: () => void }) {
  const question = useId();
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    first.current?.focus();
  }, []);
  return (
    <div className="pd-dialog__question" role="group" aria-labelledby={question}>
      <span id={question}>Discard what you typed?</span>
      <Button ref={first} size="xs" variant="default" onClick={onKeep}>
        Keep editing
      </Button>
      <Button size="xs" color="red" onClick={onDiscard}>
        Discard
      </Button>
    </div>
  );
}

/** The buttons at the foot of a dialog, the one that acts last. */
export function DialogButtons({ children }: { children: ReactNode }) {
  return <div className="pd-dialog__buttons">{children}</div>;
}
