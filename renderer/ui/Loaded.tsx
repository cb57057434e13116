import { Button, Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Problem } from '../../electron/contract/problem.ts';
import { ProblemNotice } from './ProblemNotice.tsx';
import { useDelayed } from './use-delayed.ts';
import './loaded.css';

export interface Loadable<Data> {
  data: Data | undefined;
  problem: Problem | null;
  retry: () => void;
}

interface LoadedProps<Data> {
  of: Loadable<Data>;
  /** What is shown after 150 ms without data. */
  skeleton?: ReactNode;
  children: (data: Data) => ReactNode;
}

/** Shows data once it is there, a skeleton where that takes long, and the problem with a way out where it fails. */
export function Loaded<Data>({ of, skeleton = <RowsSkeleton />, children }: LoadedProps<Data>) {
  const isSlow = useDelayed(of.data === undefined && of.problem === null);
  if (of.data !== undefined) return children(of.data);
  if (of.problem) {
    return (
      <div className="pd-loaded__problem">
        <ProblemNotice
          problem={of.problem}
          actions={
            <Button size="xs" variant="default" onClick={of.retry}>
              Try again
            </Button>
          }
        />
      </div>
    );
  }
  return isSlow ? skeleton : null;
}

/** Grey rows in the rhythm of a table. */
export function RowsSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div className="pd-loaded__rows" role="status" aria-busy="true" aria-label="Loading">
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={12} width={`${90 - ((index * 17) % 40)}%`} />
      ))}
    </div>
  );
}
