import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { AppInfo } from '../../../electron/contract/app.ts';
import { readListenAddress } from '../../../electron/contract/listen-address.ts';
import type { OuterStatus, ServerStatus } from '../../../electron/contract/server.ts';
import type { Settings } from '../../../electron/contract/settings.ts';
import { useApi, useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { Form } from '../../ui/Form.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { SaveOrCancel } from './SaveOrCancel.tsx';
import './server.css';

type Outer = Pick<Settings, 'listen' | 'tlsCert' | 'tlsKey'>;

/** Where the server listens beyond this machine, and with which certificate. */
export function OwnCertificate({ status }: { status: ServerStatus }) {
  const { queryClient } = useApi();
  const { server, app } = useQueries();
  const [isEditing, setEditing] = useState(false);
  const [isWaiting, setWaiting] = useState(false);
  const { data: settings } = useQuery(app.settings.queryOptions());
  const { data: info } = useQuery(app.info.queryOptions());
  const show = (next: ServerStatus) => {
    queryClient.setQueryData(server.status.queryKey(), next);
  };
  const save = useMutation(
    app.changeSettings.mutationOptions({
      onSuccess: (next) => {
        queryClient.setQueryData(app.settings.queryKey(), next);
        setEditing(false);
        setWaiting(status.state === 'running');
      },
    }),
  );
  const start = useMutation(
    server.start.mutationOptions({
      onSuccess: (next) => {
        show(next);
        setWaiting(false);
      },
    }),
  );
  const stop = useMutation(
    server.stop.mutationOptions({
      onSuccess: (next) => {
        show(next);
        start.mutate(undefined);
      },
    }),
  );
  const error = save.error ?? stop.error ?? start.error;
  const { outer } = status.reach;

  return (
    <section className="pd-server-card" aria-labelledby="pd-own-certificate">
      <h2 id="pd-own-certificate" className="pd-server-card__title">
        Certificate and network
      </h2>
      {isEditing && settings !== undefined ? (
        <OuterForm
          settings={settings}
          held={info?.settingsFromEnvironment ?? {}}
          isBusy={save.isPending}
          onLeave={() => {
            save.reset();
            setEditing(false);
          }}
          onSave={(patch, was) => {
            // Once told what is there now, the person may replace it.
            const isTold = save.error !== null && problemOf(save.error).code === 'changed-elsewhere';
            save.mutate(isTold ? patch : { ...patch, was });
          }}
        />
      ) : (
        <>
          <p className="pd-server__note">{summaryOf(settings)}</p>
          <div className="pd-server__buttons">
            <Button
              size="xs"
              variant="default"
              aria-label="Change certificate and network"
              disabled={settings === undefined}
              onClick={() => {
                setEditing(true);
              }}
            >
              Change
            </Button>
          </div>
        </>
      )}
      {isWaiting && (
        <Notice
          tone="warn"
          role="status"
          cause="Applies after a server restart."
          actions={
            <Button
              size="xs"
              variant="default"
              loading={stop.isPending || start.isPending}
              onClick={() => {
                stop.mutate(undefined);
              }}
            >
              Restart server
            </Button>
          }
        />
      )}
      {outer !== null && <OuterListener outer={outer} />}
      {error && <ProblemNotice problem={problemOf(error)} />}
    </section>
  );
}

function summaryOf(settings: Outer | undefined): string {
  if (settings === undefined || (settings.listen === null && settings.tlsCert === null)) {
    return 'Only for a server without a proxy: listen to the network, and serve https with a certificate file.';
  }
  const where = settings.listen === null ? 'On this machine only' : `At ${settings.listen}`;
  return `${where}, ${settings.tlsCert === null ? 'without a certificate' : `with ${settings.tlsCert}`}.`;
}

/** Where it listens beyond this machine, and what there is to say about that. */
function OuterListener({ outer }: { outer: OuterStatus }) {
  return (
    <>
      {outer.problem === null ? (
        <p className="pd-server__note">
          Listens at <code className="pd-mono">{outer.address}</code>
          {outer.isEncrypted ? ' with your own certificate.' : '.'}
        </p>
      ) : (
        <ProblemNotice problem={outer.problem} />
      )}
      {outer.warnings.map((warning) => (
        <ProblemNotice key={warning.code} problem={warning} tone="warn" />
      ))}
    </>
  );
}

interface OuterFormProps {
  settings: Outer;
  /** Settings that a variable fixes. */
  held: AppInfo['settingsFromEnvironment'];
  isBusy: boolean;
  /** @param was what the changed settings were when the form was opened */
  onSave: (patch: Partial<Outer>, was: Partial<Outer>) => void;
  onLeave: () => void;
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

/** A certificate and its key are of no use without each other, and are changed together. */
const TOGETHER: readonly (readonly (keyof Outer)[])[] = [['tlsCert', 'tlsKey'], ['listen']];

function OuterForm({ settings, held, isBusy, onSave, onLeave }: OuterFormProps) {
  const [seen] = useState<Outer>(settings);
  const [typed, setTyped] = useState({
    tlsCert: seen.tlsCert ?? '',
    tlsKey: seen.tlsKey ?? '',
    listen: seen.listen ?? '',
  });
  const [isTried, setTried] = useState(false);
  const read = { tlsCert: orNull(typed.tlsCert), tlsKey: orNull(typed.tlsKey), listen: orNull(typed.listen) };
  const errors = {
    tlsCert: read.tlsCert === null && read.tlsKey !== null ? 'Enter the certificate file too.' : null,
    tlsKey: read.tlsKey === null && read.tlsCert !== null ? 'Enter the key file too.' : null,
    listen:
      read.listen === null || readListenAddress(read.listen) !== null
        ? null
        : 'Enter an IP address of this machine, with a port or without: 0.0.0.0 or 192.168.1.20:8443.',
  };
  const field = (name: keyof Outer, label: string, description: string, placeholder: string) => (
    <TextInput
      label={label}
      description={held[name] === undefined ? description : `Set by ${held[name].variable} for this run.`}
      placeholder={placeholder}
      size="xs"
      dir="ltr"
      disabled={held[name] !== undefined}
      value={typed[name]}
      error={isTried ? errors[name] : null}
      onChange={(event) => {
        setTyped({ ...typed, [name]: event.currentTarget.value });
      }}
    />
  );
  return (
    <Form
      className="pd-server-card__form"
      onSubmit={() => {
        setTried(true);
        if (Object.values(errors).some((one) => one !== null)) return;
        const changed = TOGETHER.filter((fields) => fields.some((name) => read[name] !== seen[name])).flat();
        const those = (from: Outer) =>
          Object.fromEntries(
            changed.filter((name) => held[name] === undefined).map((name) => [name, from[name]]),
          );
        if (changed.length === 0) onLeave();
        else onSave(those(read), those(seen));
      }}
    >
      {field('tlsCert', 'Certificate file', 'PEM, the full chain.', '/etc/pushdesk/fullchain.pem')}
      {field('tlsKey', 'Key file', 'PEM. Only you should be able to read it.', '/etc/pushdesk/privkey.pem')}
      {field('listen', 'Listen at', 'Leave it empty for this machine only.', '0.0.0.0:8443')}
      {read.listen !== null && read.tlsCert === null && (
        <Notice
          tone="warn"
          cause="Everyone on your network can then reach the server, and nothing is encrypted."
          cure="Browsers cannot subscribe there without a certificate or a proxy."
        />
      )}
      <SaveOrCancel isBusy={isBusy} onLeave={onLeave} />
    </Form>
  );
}
