import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconHelpCircle,
  IconInfoCircle,
  type Icon,
} from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import type { Tone } from '../words/tones.ts';
import { shown } from './shown.ts';
import './notice.css';

const ICONS: Partial<Record<Tone, Icon>> = {
  ok: IconCircleCheck,
  bad: IconCircleX,
  warn: IconAlertTriangle,
  odd: IconHelpCircle,
};

export interface NoticeProps {
  tone: Tone;
  /** What happened and why. */
  cause?: ReactNode;
  /** What to do next. */
  cure?: ReactNode;
  /** Buttons that lead to the cure. */
  actions?: ReactNode;
  /** `alert` is read out at once; use it for what answers a press. */
  role?: 'alert' | 'status' | 'note';
}

const hasContent = (node: ReactNode) => Boolean(node) && !(Array.isArray(node) && node.length === 0);

/** A few words with a colour and an icon: problems, warnings, explanations. One that answers a press comes into view. */
export function Notice({ tone, cause, cure, actions, role = 'note' }: NoticeProps) {
  const NoticeIcon = ICONS[tone] ?? IconInfoCircle;
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (role === 'alert') notice.current?.scrollIntoView({ block: 'nearest' });
  }, [role]);
  return (
    <div ref={notice} className="pd-notice" data-tone={tone} role={role}>
      <NoticeIcon size={16} stroke={2} className="pd-notice__icon" aria-hidden />
      <div className="pd-notice__text">
        {cause && <div className="pd-notice__cause">{shown(cause)}</div>}
        {cure && <div className="pd-notice__cure">{shown(cure)}</div>}
      </div>
      {hasContent(actions) && <div className="pd-notice__actions">{actions}</div>}
    </div>
  );
}
