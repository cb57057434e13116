import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { DraftSummary } from '../../../../electron/contract/drafts.ts';
import { visibleOwnText } from '../../../../electron/core/text/visible-text.ts';
import { useQueries } from '../../../api/ApiProvider.tsx';
import { PAGED, usePagedList } from '../../../api/paged-list.ts';
import { problemOf } from '../../../api/problem-of.ts';
import { draftName } from '../../../compose-draft/draft-name.ts';
import { draftPath } from '../../../navigation/paths.ts';
import { NEW_MESSAGE_PATH } from '../../../navigation/screens.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { Loaded } from '../../../ui/Loaded.tsx';
import { RelativeTime } from '../../../ui/RelativeTime.tsx';
import { DataTable } from '../../../ui/table/DataTable.tsx';
import type { Column } from '../../../ui/table/columns.ts';
import { toast } from '../../../ui/toast.ts';
import { undoToast } from '../../../ui/undo-toast.tsx';

const PAGE_SIZE = 100;

const AUDIENCES: Readonly<Record<NonNullable<DraftSummary['audienceKind']>, string>> = {
  everyone: 'Everyone',
  matching: 'Matching',
  chosen: 'Chosen',
};

const tell = (error: unknown) => {
  const { cause, cure } = problemOf(error);
  toast(`${cause} ${cure}`);
};

/** Messages that are being written, the one changed last first. */
export function DraftsList() {
  const { drafts } = useQueries();
  const [, navigate] = useLocation();
  const query = useInfiniteQuery(
    drafts.list.infiniteOptions({ input: (cursor) => ({ cursor, limit: PAGE_SIZE }), ...PAGED }),
  );
  const { list, more } = usePagedList(query);
  const remove = useMutation({
    mutationFn: (draft: DraftSummary) => drafts.remove.call({ id: draft.id }),
    onError: tell,
    onSuccess(_, { id }) {
      undoToast('Draft deleted.', () => {
        drafts.restore.call({ id }).catch(tell);
      });
    },
  });
  const columns: readonly Column<DraftSummary>[] = [
    {
      id: 'message',
      header: 'Message',
      track: 'minmax(200px, 3fr)',
      cell: (draft) => (
        <span className="pd-cut" dir="auto">
          {draftName(draft)}
          {draft.title.trim() !== '' && draft.body !== '' && (
            <>
              {' '}
              <bdi className="pd-soft">{visibleOwnText(draft.body)}</bdi>
            </>
          )}
        </span>
      ),
    },
    {
      id: 'audience',
      header: 'Recipients',
      track: 'minmax(100px, 1fr)',
      dropOrder: 1,
      cell: ({ audienceKind }) =>
        audienceKind === null ? <span className="pd-soft">Not chosen yet</span> : AUDIENCES[audienceKind],
    },
    {
      id: 'saved',
      header: 'Saved',
      track: '110px',
      align: 'end',
      cell: ({ updatedAt }) => <RelativeTime at={updatedAt} />,
    },
    {
      id: 'delete',
      header: '',
      track: '32px',
      cell: (draft) => (
        <Tooltip label="Delete draft">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Delete draft ${draftName(draft)}`}
            onClick={(event) => {
              event.stopPropagation();
              remove.mutate(draft);
            }}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      ),
    },
  ];
  return (
    <Loaded of={list}>
      {(rows) =>
        rows.length === 0 ? (
          <EmptyState
            icon={IconPencil}
            title="No drafts"
            actions={
              <Button
                variant="default"
                onClick={() => {
                  navigate(NEW_MESSAGE_PATH);
                }}
              >
                New message
              </Button>
            }
          >
            <p>Messages you write in Compose are saved here until you send them.</p>
          </EmptyState>
        ) : (
          <DataTable
            label="Drafts"
            columns={columns}
            rows={rows}
            idOf={({ id }) => id}
            nameOf={draftName}
            onOpen={({ id }) => {
              navigate(draftPath(id));
            }}
            more={more}
          />
        )
      }
    </Loaded>
  );
}
