import { Menu, Tooltip } from '@mantine/core';
import {
  IconCheck,
  IconFolder,
  IconFolderPlus,
  IconSelector,
  IconServer2,
  IconSettings,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Workspace, WorkspacesView } from '../../../electron/contract/workspaces.ts';
import { useWorkspaces, useWorkspacesClient } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { shown } from '../../ui/shown.ts';
import { toast } from '../../ui/toast.ts';
import { ManageWorkspacesDialog } from './ManageWorkspacesDialog.tsx';
import { OpenWorkspaceDialog } from './OpenWorkspaceDialog.tsx';
import './workspaces.css';

/** How many the menu shows; the others are found under File → Open recent. */
const MOST = 8;

const KINDS = { folder: IconFolder, server: IconServer2 };

/** Names the workspace of this window above the navigation, and leads to the others. Where there is no app around it, the app's name. */
export function WorkspaceSwitcher({ isFolded, mark }: { isFolded: boolean; mark: ReactNode }) {
  const view = useWorkspaces();
  if (view !== null) return <Switcher view={view} isFolded={isFolded} mark={mark} />;
  return (
    <div className="pd-nav__brand">
      {mark}
      <span className="pd-nav__name">Pushdesk</span>
    </div>
  );
}

function Switcher({ view, isFolded, mark }: { view: WorkspacesView; isFolded: boolean; mark: ReactNode }) {
  const { current, known, asked } = view;
  const client = useWorkspacesClient();
  const [isPressed, setIsPressed] = useState(false);
  const [isManaging, setManaging] = useState(false);
  // What an earlier page of this window was asked is over.
  const [handled, setHandled] = useState(asked);
  const open = (id: string) => {
    client()
      .open({ id })
      .catch((error: unknown) => {
        const { cause, cure } = problemOf(error);
        toast(`${cause} ${cure}`);
      });
  };
  return (
    <>
      <Menu position="bottom-start" width={280} trapFocus>
        <Menu.Target>
          <button type="button" className="pd-workspace" aria-label={`Workspace: ${current.name}`}>
            <Tooltip label={current.name} position="right" disabled={!isFolded} openDelay={100}>
              <span className="pd-workspace__mark">{mark}</span>
            </Tooltip>
            <span className="pd-nav__name pd-workspace__words">
              <bdi className="pd-workspace__name pd-cut">{shown(current.name)}</bdi>
              <bdi className="pd-workspace__place pd-cut">{placeOf(current)}</bdi>
            </span>
            <IconSelector size={14} stroke={1.75} className="pd-workspace__more pd-nav__name" aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>Workspaces</Menu.Label>
          {known.slice(0, MOST).map((workspace) => (
            <WorkspaceItem
              key={workspace.id}
              workspace={workspace}
              isCurrent={workspace.id === current.id}
              onOpen={() => {
                open(workspace.id);
              }}
            />
          ))}
          <Menu.Divider />
          <Menu.Item
            leftSection={<IconFolderPlus size={16} stroke={1.75} aria-hidden />}
            onClick={() => {
              setIsPressed(true);
            }}
          >
            Open workspace…
          </Menu.Item>
          {known.length > 1 && (
            <Menu.Item
              leftSection={<IconSettings size={16} stroke={1.75} aria-hidden />}
              onClick={() => {
                setManaging(true);
              }}
            >
              Manage workspaces…
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <ManageWorkspacesDialog
        opened={isManaging}
        known={known}
        onClose={() => {
          setManaging(false);
        }}
      />
      <OpenWorkspaceDialog
        opened={isPressed || asked > handled}
        onClose={() => {
          setIsPressed(false);
          setHandled(asked);
        }}
      />
    </>
  );
}

function WorkspaceItem(props: { workspace: Workspace; isCurrent: boolean; onOpen: () => void }) {
  const { workspace, isCurrent, onOpen } = props;
  const KindIcon = KINDS[workspace.kind];
  return (
    <Menu.Item
      classNames={{ itemLabel: 'pd-workspace__item' }}
      leftSection={<KindIcon size={16} stroke={1.75} aria-hidden />}
      rightSection={
        isCurrent ? (
          <IconCheck size={16} stroke={2} aria-label="in this window" />
        ) : workspace.isOpen ? (
          <span className="pd-soft">open</span>
        ) : null
      }
      onClick={onOpen}
    >
      <span className="pd-workspace__words">
        <bdi className="pd-cut">{shown(workspace.name)}</bdi>
        <bdi className="pd-workspace__place pd-cut">{placeOf(workspace)}</bdi>
      </span>
    </Menu.Item>
  );
}

/** Where it is, without what all addresses begin with, and without repeating its name. */
function placeOf({ kind, name, place }: Workspace) {
  if (kind === 'folder') return shown(place);
  const address = place.replace(/^https:\/\//, '');
  return address === name ? 'Server' : shown(address);
}
