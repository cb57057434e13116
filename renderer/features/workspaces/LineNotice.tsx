import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Line, Workspace } from '../../../electron/contract/workspaces.ts';
import { useWorkspaces, useWorkspacesClient } from '../../api/ApiProvider.tsx';
import { formatClock } from '../../format/moments.ts';
import { Notice } from '../../ui/Notice.tsx';
import { useDelayed } from '../../ui/use-delayed.ts';
import './workspaces.css';

/** Longer than most lines take to open, so that it does not flash by. */
const LATE_MS = 1_000;

/** Says on every screen that there is no line to the server, why, how old the data on screen is, and when it tries again. */
export function LineNotice() {
  const view = useWorkspaces();
  const isConnecting = view?.line.state === 'connecting';
  const isLate = useDelayed(isConnecting, LATE_MS);
  if (view === null) return null;
  if (isConnecting && isLate)
    return <Notice tone="busy" role="status" cause={`Connecting to ${view.current.name}…`} />;
  return view.line.state === 'lost' ? <Lost line={view.line} workspace={view.current} /> : null;
}

function Lost({ line, workspace }: { line: Extract<Line, { state: 'lost' }>; workspace: Workspace }) {
  const client = useWorkspacesClient();
  const tryNow = useMutation({ mutationFn: () => client().tryNow() });
  const { problem, since, nextTryAt, isTrying, wants } = line;
  return (
    <Notice
      tone="warn"
      role="status"
      cause={problem.cause}
      cure={
        <>
          {problem.cure}{' '}
          {since !== null && `What you see is as of ${formatClock(since)}; what you type stays here. `}
          {nextTryAt !== null && `Next try at ${formatClock(nextTryAt)}.`}
          {isTrying && 'Trying again…'}
          {wants === 'token' && <TokenForm workspace={workspace} />}
        </>
      }
      actions={
        wants === 'nothing' && (
          <Button
            size="xs"
            variant="default"
            loading={isTrying}
            onClick={() => {
              tryNow.mutate();
            }}
          >
            Try now
          </Button>
        )
      }
    />
  );
}

function TokenForm({ workspace }: { workspace: Workspace }) {
  const client = useWorkspacesClient();
  const [token, setToken] = useState('');
  const give = useMutation({ mutationFn: (given: string) => client().giveToken({ token: given }) });
  return (
    <form
      className="pd-workspaces__token"
      onSubmit={(event) => {
        event.preventDefault();
        if (token.trim() !== '') give.mutate(token.trim());
      }}
    >
      <TextInput
        type="password"
        aria-label={`Owner token for ${workspace.name}`}
        placeholder="Owner token"
        size="xs"
        autoComplete="off"
        value={token}
        onChange={(event) => {
          setToken(event.currentTarget.value);
        }}
      />
      <Button type="submit" size="xs" disabled={token.trim() === ''} loading={give.isPending}>
        Connect
      </Button>
    </form>
  );
}
