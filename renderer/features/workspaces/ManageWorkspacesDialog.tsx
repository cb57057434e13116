import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Problem } from '../../../electron/contract/problem.ts';
import { HOME_WORKSPACE, MAX_WORKSPACE_NAME, type Workspace } from '../../../electron/contract/workspaces.ts';
import { useWorkspacesClient } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineText } from '../../ui/InlineText.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { shown } from '../../ui/shown.ts';

interface ManageWorkspacesDialogProps {
  opened: boolean;
  known: readonly Workspace[];
  onClose: () => void;
}

/** The list of workspaces: their names, and the way to take them off it. What they hold stays where it is. */
export function ManageWorkspacesDialog({ opened, known, onClose }: ManageWorkspacesDialogProps) {
  return (
    <Dialog title="Manage workspaces" opened={opened} keepsTyped={false} onClose={onClose}>
      <p className="pd-workspaces__note">
        Removing a workspace takes it off this list and forgets its token. Its folder or server stays as it
        is.
      </p>
      <ul className="pd-workspaces__list">
        {known
          .filter(({ id }) => id !== HOME_WORKSPACE)
          .map((workspace) => (
            <WorkspaceRow key={workspace.id} workspace={workspace} />
          ))}
      </ul>
    </Dialog>
  );
}

function WorkspaceRow({ workspace: { id, name, place, isOpen } }: { workspace: Workspace }) {
  const client = useWorkspacesClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const forget = useMutation({
    mutationFn: () => client().forget({ id }),
    onError: (error) => {
      setProblem(problemOf(error));
    },
  });
  return (
    <li className="pd-workspaces__row">
      <div className="pd-workspaces__named">
        <InlineText
          label={`Name of ${name}`}
          hidesLabel
          value={name}
          check={(text) =>
            text.trim() === '' || text.trim().length > MAX_WORKSPACE_NAME
              ? `Enter a name of up to ${MAX_WORKSPACE_NAME} characters.`
              : null
          }
          save={async (text) => {
            try {
              await client().rename({ id, name: text });
              return null;
            } catch (error) {
              return problemOf(error).cause;
            }
          }}
          onUnsaved={() => undefined}
        />
        <bdi className="pd-workspace__place pd-cut">{shown(place)}</bdi>
        {problem && <ProblemNotice problem={problem} />}
      </div>
      {isOpen ? (
        <span className="pd-soft">Open in a window</span>
      ) : (
        <Button
          size="xs"
          variant="default"
          aria-label={`Remove ${name}`}
          loading={forget.isPending}
          onClick={() => {
            forget.mutate();
          }}
        >
          Remove
        </Button>
      )}
    </li>
  );
}
