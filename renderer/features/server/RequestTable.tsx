import { IconActivity } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { KEPT_REQUESTS, type ServedRequest } from '../../../electron/contract/server.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { loadable } from '../../api/loadable.ts';
import { formatMilliseconds } from '../../format/durations.ts';
import { formatClock, formatExact } from '../../format/moments.ts';
import { formatCount } from '../../format/numbers.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Loaded } from '../../ui/Loaded.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { toneOfStatus } from './tone-of-status.ts';
import './server.css';

const COLUMNS: readonly Column<ServedRequest>[] = [
  { id: 'time', header: 'Time', track: '84px', cell: (request) => <When request={request} /> },
  {
    id: 'method',
    header: 'Method',
    track: '72px',
    cell: ({ method }) => <span className="pd-mono">{method}</span>,
  },
  {
    id: 'path',
    header: 'Path',
    track: 'minmax(150px, 1fr)',
    cell: (request) => <Where request={request} />,
  },
  {
    id: 'status',
    header: 'Status',
    track: '72px',
    cell: ({ status }) => (
      <span className="pd-server__status pd-mono" data-tone={toneOfStatus(status)}>
        {status}
      </span>
    ),
  },
  {
    id: 'note',
    header: 'Details',
    track: 'minmax(140px, 1fr)',
    dropOrder: 2,
    cell: ({ note }) => (
      <span className="pd-cut pd-soft" title={note ?? undefined}>
        {note}
      </span>
    ),
  },
  {
    id: 'duration',
    header: 'Duration',
    track: '72px',
    align: 'end',
    dropOrder: 1,
    cell: ({ durationMs }) => formatMilliseconds(durationMs),
  },
];

/** The last of them; on hover, from when to when. */
function When({ request: { at, firstAt, count } }: { request: ServedRequest }) {
  const title = count === 1 ? formatExact(at) : `${formatExact(firstAt)} to ${formatExact(at)}`;
  return <span title={title}>{formatClock(at)}</span>;
}

function Where({ request: { path, count, hasOtherPaths, firstAt } }: { request: ServedRequest }) {
  if (count === 1) return <span className="pd-mono pd-cut">{path}</span>;
  const times = `${formatCount(count)} times since ${formatClock(firstAt)}${hasOtherPaths ? ', with several paths' : ''}`;
  return (
    <span className="pd-server__repeats">
      <span className="pd-mono pd-cut">{path}</span>
      {hasOtherPaths && <span className="pd-server__others pd-soft pd-cut">and others</span>}
      <span className="pd-server__count" title={times} aria-hidden>
        × {formatCount(count)}
      </span>
      <span className="pd-hidden-text">{times}</span>
    </span>
  );
}

/** The last requests as they come, newest first. */
export function RequestTable({ isRunning }: { isRunning: boolean }) {
  const requests = useQuery(useQueries().server.requests.queryOptions());
  return (
    <>
      <h2 className="pd-server__title">Requests</h2>
      <Loaded of={loadable(requests)}>
        {(rows) =>
          rows.length === 0 ? (
            <EmptyState icon={IconActivity} title="No requests yet">
              <p>
                {isRunning
                  ? 'Open the subscribe page to see its requests here.'
                  : 'Turn the server on to see requests here.'}
              </p>
            </EmptyState>
          ) : (
            <DataTable
              label="Requests"
              columns={COLUMNS}
              rows={rows}
              idOf={(request) => request.id}
              nameOf={(request) => `${request.method} ${request.path}`}
              footer={
                rows.length >= KEPT_REQUESTS && (
                  <p className="pd-server__kept pd-soft">
                    Only the last {formatCount(KEPT_REQUESTS)} are kept, until Pushdesk quits.
                  </p>
                )
              }
            />
          )
        }
      </Loaded>
    </>
  );
}
