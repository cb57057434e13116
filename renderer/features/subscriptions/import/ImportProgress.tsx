import { Progress } from '@mantine/core';
import { countOf } from '../../../format/numbers.ts';
import type { FileProgress } from './send-file.ts';

/** How far a large file has been read, or stored. */
export function ImportProgress({ doing, progress }: { doing: string; progress: FileProgress | null }) {
  const count = (progress?.goodCount ?? 0) + (progress?.badCount ?? 0);
  return (
    <div className="pd-import__progress">
      <span className="pd-figures pd-small">
        {count === 0 ? `${doing}…` : `${doing}: ${countOf(count, 'row')} so far`}
      </span>
      <Progress
        value={(progress?.share ?? 0) * 100}
        size="sm"
        transitionDuration={100}
        aria-label={`${doing}, share of all`}
      />
    </div>
  );
}
