import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import {
  useEffect,
  useEffectEvent,
  useId,
  useImperativeHandle,
  useRef,
  type ReactNode,
  type Ref,
} from 'react';
import { DiscardQuestion } from './DiscardQuestion.tsx';
import { HeldWorkContext } from './held-work.ts';
import { useLeaveGuard } from './leave-guard.ts';
import { shown } from './shown.ts';
import { usePanelWidth } from './use-panel-width.ts';
import { useTyped } from './use-typed.ts';
import './dialog.css';
import './side-panel.css';

/** For the list beside it: whatever opens something else in place of a panel goes through here. */
export interface PanelHandle {
  /** At once, or after the person has discarded what the panel holds. */
  leaveFor(next: () => void): void;
  /** Takes the focus, as it does where it opens. */
  focus(): void;
}

interface SidePanelProps {
  ref?: Ref<PanelHandle> | undefined;
  title: ReactNode;
  subtitle?: ReactNode;
  onClose: () => void;
  /** Whether the focus goes into it when it opens; not where the keys should go on to walk the list beside it. */
  takesFocus?: boolean;
  /** An arrow up or down that was pressed on the panel itself: for the list beside it. */
  onWalk?: ((key: string) => void) | undefined;
  /** Buttons that act on what the panel shows. */
  actions?: ReactNode;
  children: ReactNode;
}

/**
 * Details at the right of a list that stays in view and in reach: no overlay, no focus trap.
 * Escape closes it and gives the focus back; where a form in it holds changes, it asks first.
 */
export function SidePanel(props: SidePanelProps) {
  const { ref, title, subtitle, onClose, takesFocus = true, onWalk, actions, children } = props;
  const titleId = useId();
  const panel = useRef<HTMLDivElement>(null);
  const { asked, hold, leave, leaveFor, keep, discard } = useTyped(true, onClose);
  useImperativeHandle(ref, () => ({
    leaveFor,
    focus: () => panel.current?.focus({ preventScroll: true }),
  }));
  useLeaveGuard(leaveFor);
  const width = usePanelWidth();
  const takeFocus = useEffectEvent(() => {
    if (takesFocus) panel.current?.focus({ preventScroll: true });
  });
  useEffect(() => {
    const opener = document.activeElement;
    takeFocus();
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus({ preventScroll: true });
    };
  }, []);
  return (
    <div
      ref={panel}
      className="pd-panel"
      role="dialog"
      aria-modal="false"
      aria-labelledby={titleId}
      tabIndex={-1}
      style={width.style}
      onKeyDown={(event) => {
        if (event.target === event.currentTarget && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
          if (onWalk === undefined) return;
          event.preventDefault();
          onWalk(event.key);
        }
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        // React passes on events from a dialog that the panel opened: that Escape was for the dialog.
        if (!event.currentTarget.contains(event.target as Node)) return;
        event.preventDefault();
        leave();
      }}
    >
      <div {...width.handle} className="pd-panel__edge" aria-label="Width of the details" />
      <header className="pd-panel__header">
        <div className="pd-panel__heading">
          <h2 id={titleId} className="pd-panel__title" dir="auto">
            {shown(title)}
          </h2>
          {subtitle && <div className="pd-panel__subtitle">{subtitle}</div>}
        </div>
        <Tooltip label="Close (Esc)">
          <ActionIcon aria-label="Close" onClick={leave}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </header>
      {actions && <div className="pd-panel__actions">{actions}</div>}
      <div className="pd-panel__content">
        <HeldWorkContext value={hold}>{children}</HeldWorkContext>
      </div>
      {asked && <DiscardQuestion asked={asked} onKeep={keep} onDiscard={discard} />}
    </div>
  );
}
