import { IconClock } from '@tabler/icons-react';
import { EmptyState } from '../../ui/EmptyState.tsx';

/** Campaigns that wait for their time. */
export function ScheduledTab() {
  return (
    <EmptyState icon={IconClock} title="Nothing scheduled">
      <p>Campaigns that are to start later appear here.</p>
    </EmptyState>
  );
}
