import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconChevronDown, IconFilePlus, IconTemplate, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import { useQueries } from '../../../api/ApiProvider.tsx';
import { problemOf } from '../../../api/problem-of.ts';
import { isBlank, type MessageFields } from '../../../compose-draft/composition.ts';
import type { DraftSession, OpenDraft } from '../../../compose-draft/draft-session.ts';
import { draftName } from '../../../compose-draft/draft-name.ts';
import { useDrafts } from '../../../compose-draft/use-draft.ts';
import { campaignsPath, draftPath } from '../../../navigation/paths.ts';
import { NEW_MESSAGE_PATH, SCREENS } from '../../../navigation/screens.ts';
import { formatMinute } from '../../../format/moments.ts';
import { toast } from '../../../ui/toast.ts';
import { undoToast } from '../../../ui/undo-toast.tsx';
import { TemplatesMenu } from './TemplatesMenu.tsx';
import './draft-bar.css';

const RECENT = 8;

const tell = (error: unknown) => {
  const { cause, cure } = problemOf(error);
  toast(`${cause} ${cure}`);
};

interface DraftBarProps {
  open: OpenDraft;
  session: DraftSession;
  fields: MessageFields;
}

/** Which draft is open and whether it is kept, with the way to the others. */
export function DraftBar({ open, session, fields }: DraftBarProps) {
  const { drafts } = useQueries();
  const [, navigate] = useLocation();
  const { begin, beginEmpty } = useDrafts();
  const [isListOpen, setListOpen] = useState(false);
  const recent = useQuery({
    ...drafts.list.queryOptions({ input: { limit: RECENT } }),
    enabled: isListOpen,
  });
  const name = draftName(fields);
  const remove = useMutation({
    async mutationFn() {
      await session.flush().catch(() => null);
      const { id } = session.view();
      if (id !== null) await drafts.remove.call({ id });
      return { id, content: session.content() };
    },
    onError: tell,
    onSuccess({ id, content }) {
      beginEmpty();
      navigate(SCREENS.compose.path, { replace: true });
      if (id === null && isBlank(fields)) return;
      undoToast('Draft deleted.', () => {
        const back = id === null ? begin(content) : drafts.restore.call({ id });
        back.then((restored) => {
          if (restored) navigate(draftPath(restored.id));
        }, tell);
      });
    },
  });

  return (
    <div className="pd-draft-bar" role="group" aria-label="Draft">
      <Menu opened={isListOpen} onChange={setListOpen} position="bottom-start" width={320}>
        <Menu.Target>
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            className="pd-draft-bar__name"
            aria-label={`Draft: ${name}`}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            <bdi>{name}</bdi>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Recent drafts</Menu.Label>
          {recent.data?.items.map((draft) => (
            <Menu.Item
              key={draft.id}
              aria-current={draft.id === open.id}
              onClick={() => {
                navigate(draftPath(draft.id));
              }}
            >
              <span className="pd-draft-bar__row">
                <bdi className="pd-draft-bar__title">{draftName(draft)}</bdi>
                <span className="pd-draft-bar__time pd-figures">{formatMinute(draft.updatedAt)}</span>
              </span>
            </Menu.Item>
          ))}
          {recent.data?.items.length === 0 && <Menu.Item disabled>No drafts yet</Menu.Item>}
          <Menu.Divider />
          <Menu.Item
            onClick={() => {
              navigate(campaignsPath('drafts'));
            }}
          >
            All drafts
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <span className="pd-draft-bar__saved pd-figures">{savedWords(open)}</span>
      <span className="pd-draft-bar__acts">
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconFilePlus size={16} aria-hidden />}
          onClick={() => {
            navigate(NEW_MESSAGE_PATH);
          }}
        >
          New
        </Button>
        <TemplatesMenu
          message={() => session.content().message}
          canSave={!isBlank(fields)}
          icon={<IconTemplate size={16} aria-hidden />}
        />
        <Tooltip label="Delete draft">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Delete draft"
            disabled={remove.isPending || (open.id === null && isBlank(fields))}
            onClick={() => {
              remove.mutate();
            }}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </span>
    </div>
  );
}

function savedWords({ state, savedAt }: OpenDraft): string {
  if (state === 'away') return 'Not saved yet. Waiting for the engine.';
  if (state === 'refused') return 'Not saved';
  if (state === 'keeping') return 'Saving…';
  return savedAt === null ? '' : `Saved ${formatMinute(savedAt)}`;
}
