import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import {
  useContext,
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
import { LeaveGuardContext } from './leave-guard.ts';
import { shown } from './shown.ts';
import { useTyped } from './use-typed.ts';
import './dialog.css';
import './side-panel.css';

/** For the list beside it: what opens something else in the place of a panel goes through here. */
export interface PanelHandle {
  /** At once, or after the person has discarded what the panel holds. */
  leaveFor(next: () => void): void;
}

interface SidePanelProps {
  ref?: Ref<PanelHandle> | undefined;
  title: ReactNode;
  subtitle?: ReactNode;
  onClose: () => void;
  /** Buttons that act on what the panel shows. */
  actions?: ReactNode;
  children: ReactNode;
}

/**
 * Details at the right of a list that stays in view and in reach: no overlay, no focus trap.
 * Escape closes it and gives the focus back; where a form in it holds changes, it asks first.
 */
export function SidePanel({ ref, title, subtitle, onClose, actions, children }: SidePanelProps) {
  const titleId = useId();
  const { asked, hold, leave, leaveFor, keep, discard } = useTyped(true, onClose);
  useImperativeHandle(ref, () => ({ leaveFor }));
  const guard = useContext(LeaveGuardContext);
  const askFor = useEffectEvent(leaveFor);
  useEffect(
    () =>
      guard.stand((next) => {
        askFor(next);
      }),
    [guard],
  );
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const opener = document.activeElement;
    panel.current?.focus({ preventScroll: true });
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
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        // React hands on what happens in a dialog that the panel opened: that Escape was for the dialog.
        if (!event.currentTarget.contains(event.target as Node)) return;
        event.preventDefault();
        leave();
      }}
    >
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
