import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import './empty-state.css';

interface EmptyStateProps {
  icon: Icon;
  title: string;
  children: ReactNode;
  actions?: ReactNode;
}

/** What is shown in place of rows: what will appear here, and how to get it. */
export function EmptyState({ icon: EmptyIcon, title, children, actions }: EmptyStateProps) {
  return (
    <div className="pd-empty">
      <EmptyIcon size={28} stroke={1.5} className="pd-empty__icon" aria-hidden />
      <h2 className="pd-empty__title">{title}</h2>
      <div className="pd-empty__text">{children}</div>
      {actions && <div className="pd-empty__actions">{actions}</div>}
    </div>
  );
}
