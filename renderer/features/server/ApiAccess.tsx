import { Anchor, Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiToken, ServerStatus } from '../../../electron/contract/server.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { toast } from '../../ui/toast.ts';
import { useCopy } from '../../ui/use-copy.ts';
import './server.css';

/** As long as the token itself, so that nothing moves when it is shown. */
const MASKED = '•'.repeat(43);

/** How scripts get in: the token, asked for only when it is wanted, and where the API and its document are. */
export function ApiAccess({ status }: { status: ServerStatus }) {
  const { server } = useQueries();
  const [shown, setShown] = useState<ApiToken | null>(null);
  const [isAsking, setAsking] = useState(false);
  const { outcome, copy } = useCopy();
  const read = useMutation(server.apiToken.mutationOptions());
  const renew = useMutation(
    server.renewApiToken.mutationOptions({
      onSuccess(renewed) {
        setAsking(false);
        setShown((before) => (before === null ? null : renewed));
        toast('The API token is renewed. Give scripts the new one.');
      },
    }),
  );
  const documentUrl = status.url === null ? null : `${status.url}api/v1/openapi.json`;

  return (
    <section className="pd-server" aria-label="Local API">
      <div className="pd-server__line">
        <span>API token</span>
        <code className="pd-mono pd-server__token">{shown?.token ?? MASKED}</code>
        <div className="pd-server__buttons">
          <Button
            variant="default"
            size="xs"
            onClick={() => {
              if (shown === null) read.mutate(undefined, { onSuccess: setShown });
              else setShown(null);
            }}
          >
            {shown === null ? 'Show API token' : 'Hide API token'}
          </Button>
          <Button
            variant="default"
            size="xs"
            leftSection={<IconCopy size={14} aria-hidden />}
            onClick={() => {
              read.mutate(undefined, { onSuccess: ({ token }) => void copy(token) });
            }}
          >
            {COPY_WORDS[outcome]}
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
        Scripts on this machine send and read with it, over HTTP.{' '}
        {documentUrl === null ? (
          'Turn the server on to reach it.'
        ) : (
          <>
            What there is to call:{' '}
            <Anchor href={documentUrl} target="_blank" rel="noreferrer" size="xs">
              {documentUrl}
            </Anchor>
          </>
        )}
      </p>
      {read.error && <ProblemNotice problem={problemOf(read.error)} />}
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
        Scripts that use the old one are refused from then on, until they are given the new one.
      </ConfirmDialog>
    </section>
  );
}

const COPY_WORDS = {
  idle: 'Copy API token',
  copied: 'Copied',
  refused: 'Could not copy: click into the window and try again',
};
