import { Switch } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ServerStatus } from '../../../electron/contract/server.ts';
import { useApi, useIsRemote, useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { SERVER_STATES } from '../../words/server-states.ts';
import './server.css';

/** The switch, the state and the address, in one line. */
export function ServerBar({ status }: { status: ServerStatus }) {
  const { queryClient } = useApi();
  const { server } = useQueries();
  const show = (next: ServerStatus) => {
    queryClient.setQueryData(server.status.queryKey(), next);
  };
  const start = useMutation(server.start.mutationOptions({ onSuccess: show }));
  const stop = useMutation(server.stop.mutationOptions({ onSuccess: show }));
  const isRemote = useIsRemote();
  const isOn = status.state === 'running';
  const error = start.error ?? stop.error;

  return (
    <section className="pd-server" aria-label="Embedded server">
      <div className="pd-server__line">
        {isRemote ? (
          // Somebody who switched it off from elsewhere could not switch it on again.
          <span>Server</span>
        ) : (
          <Switch
            label="Embedded server"
            checked={isOn}
            disabled={start.isPending || stop.isPending}
            onChange={(event) => {
              if (event.currentTarget.checked) start.mutate(undefined);
              else stop.mutate(undefined);
            }}
          />
        )}
        <StateTag state={SERVER_STATES[status.state]} />
        {status.url !== null && !isRemote && (
          <span className="pd-server__address">
            <code className="pd-mono">{status.url}</code>
            <CopyButton label="Copy address" text={status.url} />
          </span>
        )}
      </div>
      {!isRemote && (
        <p className="pd-server__note">
          {isOn
            ? 'Browsers on this machine can subscribe at this address.'
            : 'While it is off, browsers cannot subscribe, and Pushdesk does not learn when someone unsubscribes. Sending still works.'}
        </p>
      )}
      {error && <ProblemNotice problem={problemOf(error)} />}
    </section>
  );
}
