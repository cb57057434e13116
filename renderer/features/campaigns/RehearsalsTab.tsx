import { IconMasksTheater } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Rehearsal } from '../../../electron/contract/rehearsal.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { loadable } from '../../api/loadable.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { REHEARSAL_PATH } from '../../navigation/paths.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { OpenCompose } from './OpenCompose.tsx';

const STATES: Record<Rehearsal['state'], string> = {
  registering: 'Subscribing devices',
  sending: 'Running',
  finished: 'Finished',
  failed: 'Failed',
};

const COLUMNS: readonly Column<Rehearsal>[] = [
  {
    id: 'devices',
    header: 'Audience',
    track: 'minmax(160px, 2fr)',
    cell: ({ devices }) => countOf(devices, 'virtual device'),
  },
  { id: 'state', header: 'State', track: '160px', cell: ({ state }) => STATES[state] },
  {
    id: 'shown',
    header: 'Shown',
    track: '80px',
    align: 'end',
    cell: ({ record }) => formatCount(record.shown),
  },
  {
    id: 'started',
    header: 'Started',
    track: '100px',
    align: 'end',
    cell: ({ startedAt }) => <RelativeTime at={startedAt} />,
  },
];

/** The rehearsal that is running or was the last: only one is kept. */
export function RehearsalsTab() {
  const [, navigate] = useLocation();
  const current = useQuery(useQueries().rehearsal.current.queryOptions());
  return (
    <Loaded of={loadable(current)}>
      {(rehearsal) =>
        rehearsal === null ? (
          <EmptyState
            icon={IconMasksTheater}
            title="No rehearsal"
            actions={<OpenCompose variant="default" />}
          >
            <p>
              Press Rehearse in Compose to send a message to virtual devices on this machine. The last
              rehearsal stays here until you end it or start another.
            </p>
          </EmptyState>
        ) : (
          <DataTable
            label="Rehearsals"
            columns={COLUMNS}
            rows={[rehearsal]}
            idOf={({ startedAt }) => startedAt}
            nameOf={() => 'Rehearsal'}
            onOpen={() => {
              navigate(REHEARSAL_PATH);
            }}
          />
        )
      }
    </Loaded>
  );
}
