import { Anchor, Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ServerStatus } from '../../../electron/contract/server.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { toast } from '../../ui/toast.ts';
import './server.css';

/** As long as the token itself, which never comes to this page: the system shows it, in a dialog of its own. */
const MASKED = '•'.repeat(43);

/** How scripts get in: the token, and where the API and its document are. */
export function ApiAccess({ status }: { status: ServerStatus }) {
  const { server } = useQueries();
  const [isAsking, setAsking] = useState(false);
  const show = useMutation(server.showApiToken.mutationOptions());
  const copy = useMutation(
    server.copyApiToken.mutationOptions({
      onSuccess() {
        toast('API token copied.');
      },
    }),
  );
  const queryClient = useQueryClient();
  const renew = useMutation(
    server.renewApiToken.mutationOptions({
      onSuccess() {
        void queryClient.invalidateQueries({ queryKey: server.status.key() });
        setAsking(false);
        toast('API token renewed. Update your scripts.');
      },
    }),
  );
  const error = show.error ?? copy.error;
  const documentUrl = status.url === null ? null : `${status.url}api/v1/openapi.json`;

  return (
    <section className="pd-server" aria-label="Local API">
      {status.tokenProblem && <ProblemNotice problem={status.tokenProblem} tone="warn" />}
      <div className="pd-server__line">
        <span>API token</span>
        <code className="pd-mono pd-server__token" aria-hidden>
          {MASKED}
        </code>
        <div className="pd-server__buttons">
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              copy.reset();
              show.mutate(undefined);
            }}
          >
            Show API token
          </Button>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconCopy size={14} aria-hidden />}
            onClick={() => {
              show.reset();
              copy.mutate(undefined);
            }}
          >
            Copy API token
          </Button>
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              renew.reset();
              setAsking(true);
            }}
          >
            Renew API token
          </Button>
        </div>
      </div>
      <p className="pd-server__note">
        Scripts on this machine use it to send and read over HTTP.{' '}
        {documentUrl === null ? (
          'Turn the server on to use it.'
        ) : (
          <>
            API reference:{' '}
            <Anchor href={documentUrl} target="_blank" rel="noreferrer" size="xs">
              {documentUrl}
            </Anchor>
          </>
        )}
      </p>
      {error && <ProblemNotice problem={problemOf(error)} />}
      <ConfirmDialog
        opened={isAsking}
        title="Renew the API token?"
        actLabel="Renew API token"
        leaveLabel="Keep API token"
        isBusy={renew.isPending}
        problem={renew.error ? problemOf(renew.error) : null}
        onLeave={() => {
          setAsking(false);
        }}
        onAct={() => {
          renew.mutate(undefined);
        }}
      >
        Scripts that use the old token stop working until you give them the new one.
      </ConfirmDialog>
    </section>
  );
}
