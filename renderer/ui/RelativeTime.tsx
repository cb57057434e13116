import { Tooltip } from '@mantine/core';
import { formatExact, formatRelative } from '../format/moments.ts';
import { useNow } from './Now.tsx';

/** A moment as its distance from now; the exact time on hover. */
export function RelativeTime({ at }: { at: number }) {
  const now = useNow();
  // The clock ticks in steps: what happened since its last tick counts as now, not as the future.
  const reference = at > now && at - now < 30_000 ? at : now;
  return (
    <Tooltip label={formatExact(at)}>
      <time dateTime={new Date(at).toISOString()}>{formatRelative(at, reference)}</time>
    </Tooltip>
  );
}
