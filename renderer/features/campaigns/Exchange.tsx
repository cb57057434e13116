import type { ReactNode } from 'react';
import { CopyButton } from '../../ui/CopyButton.tsx';
import './exchange.css';

interface ExchangeProps {
  title: string;
  copyLabel: string;
  text: string;
  /** Other ways to copy it. */
  more?: ReactNode;
  children: ReactNode;
}

/** What went over the wire, word for word, with a button that copies it. */
export function Exchange({ title, copyLabel, text, more, children }: ExchangeProps) {
  return (
    <div className="pd-exchange">
      <div className="pd-exchange__head">
        <span>{title}</span>
        <span className="pd-exchange__copies">
          {more}
          <CopyButton label={copyLabel} text={text} hasLines />
        </span>
      </div>
      <div className="pd-exchange__text pd-mono" role="region" aria-label={title} tabIndex={0}>
        {children}
      </div>
    </div>
  );
}
