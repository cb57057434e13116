import { ActionIcon, Tooltip } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { shown } from './shown.ts';
import './side-panel.css';

interface SidePanelProps {
  title: ReactNode;
  subtitle?: ReactNode;
  onClose: () => void;
  /** Buttons that act on what the panel shows. */
  actions?: ReactNode;
  children: ReactNode;
}

/**
 * Details at the right of a list that stays in view and in reach: no overlay, no focus trap.
 * Escape closes it and gives the focus back.
 */
export function SidePanel({ title, subtitle, onClose, actions, children }: SidePanelProps) {
  const titleId = useId();
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
        onClose();
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
          <ActionIcon aria-label="Close" onClick={onClose}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </header>
      {actions && <div className="pd-panel__actions">{actions}</div>}
      <div className="pd-panel__content">{children}</div>
    </div>
  );
}
