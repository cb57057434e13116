import type { ReactNode } from 'react';
import type { Problem } from '../../electron/contract/problem.ts';
import { Notice } from './Notice.tsx';

interface ProblemNoticeProps {
  problem: Problem;
  tone?: 'bad' | 'warn';
  actions?: ReactNode;
}

/** A problem in words: cause and cure. */
export function ProblemNotice({ problem, tone = 'bad', actions }: ProblemNoticeProps) {
  return (
    <Notice
      tone={tone}
      cause={problem.cause}
      cure={problem.cure}
      actions={actions}
      role={tone === 'bad' ? 'alert' : 'note'}
    />
  );
}
