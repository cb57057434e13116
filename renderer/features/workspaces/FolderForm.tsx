import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Problem } from '../../../electron/contract/problem.ts';
import { useWorkspacesClient } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { DialogButtons } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { shown } from '../../ui/shown.ts';

/** A data folder on this machine: one that was used before, or an empty one for a new workspace. */
export function FolderForm({ onDone }: { onDone: () => void }) {
  const client = useWorkspacesClient();
  const [folder, setFolder] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const choose = useMutation({
    mutationFn: () => client().chooseFolder(),
    onSuccess({ path }) {
      if (path === null) return;
      setFolder(path);
      setProblem(null);
    },
    onError: (error) => {
      setProblem(problemOf(error));
    },
  });
  const open = useMutation({
    mutationFn: (path: string) => client().openFolder({ path }),
    onSuccess: onDone,
    onError: (error) => {
      setProblem(problemOf(error));
    },
  });
  return (
    <Form
      onSubmit={() => {
        if (folder !== null) open.mutate(folder);
      }}
    >
      <p className="pd-workspaces__note">
        A workspace has its own keys, subscriptions, campaigns and server, and opens in its own window. Choose
        a folder that Pushdesk has used before, or an empty folder to start a new workspace.
      </p>
      <div className="pd-workspaces__folder">
        <Button
          variant="default"
          loading={choose.isPending}
          onClick={() => {
            choose.mutate();
          }}
        >
          Choose folder…
        </Button>
        <bdi className="pd-workspaces__path" role="status">
          {folder === null ? <span className="pd-soft">No folder chosen</span> : shown(folder)}
        </bdi>
      </div>
      <DialogButtons problem={problem}>
        <Button type="submit" disabled={folder === null} loading={open.isPending}>
          Open
        </Button>
      </DialogButtons>
    </Form>
  );
}
