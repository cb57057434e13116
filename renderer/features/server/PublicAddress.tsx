import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { readPublicAddress } from '../../../electron/contract/public-address.ts';
import type { ReachCheck, ServerStatus } from '../../../electron/contract/server.ts';
import { useApi, useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { formatDate } from '../../format/moments.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { Form } from '../../ui/Form.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StateTag } from '../../ui/StateTag.tsx';
import { REACH_STATES } from '../../words/reach-states.ts';
import { SaveOrCancel } from './SaveOrCancel.tsx';
import './server.css';

/** The address under which other machines reach the subscribe page, and whether it really leads here. */
export function PublicAddress({ status }: { status: ServerStatus }) {
  const { queryClient } = useApi();
  const { server, app } = useQueries();
  const [isEditing, setEditing] = useState(false);
  const { data: info } = useQuery(app.info.queryOptions());
  const { data: settings } = useQuery(app.settings.queryOptions());
  const holder = info?.settingsFromEnvironment.publicUrl;
  const { url, check: lastCheck } = status.reach;
  const check = useMutation(
    server.checkReach.mutationOptions({
      onSuccess: (next) => {
        queryClient.setQueryData(server.status.queryKey(), next);
      },
    }),
  );
  const save = useMutation(
    app.changeSettings.mutationOptions({
      onSuccess: (next) => {
        queryClient.setQueryData(app.settings.queryKey(), next);
        void queryClient.invalidateQueries({ queryKey: server.status.key() });
        check.reset();
        setEditing(false);
      },
    }),
  );

  return (
    <section className="pd-server-card" aria-labelledby="pd-public-address">
      <div className="pd-server__line">
        <h2 id="pd-public-address" className="pd-server-card__title">
          Public address
        </h2>
        {url !== null && !isEditing && <StateTag state={REACH_STATES[stateOf(lastCheck)]} />}
      </div>
      {isEditing ? (
        <AddressForm
          url={url}
          isBusy={save.isPending}
          onLeave={() => {
            save.reset();
            setEditing(false);
          }}
          kept={settings?.publicUrl}
          onSave={(publicUrl, seen) => {
            // Once told what is there now, the person may replace it.
            const isTold = save.error !== null && problemOf(save.error).code === 'changed-elsewhere';
            save.mutate({ publicUrl, ...(isTold ? {} : { was: { publicUrl: seen } }) });
          }}
        />
      ) : (
        <>
          {url === null ? (
            <p className="pd-server__note">
              Set one to let people on other machines subscribe: the https address of a proxy, such as nginx
              or Caddy, that leads to this server. Sending stays on this machine, and so does the local API
              unless you turn it on under Access tokens.
            </p>
          ) : (
            <span className="pd-server__address">
              <code className="pd-mono pd-server__token">{url}</code>
              <CopyButton label="Copy public address" text={url} />
            </span>
          )}
          <div className="pd-server__buttons">
            {url !== null && (
              <Button
                size="xs"
                variant="default"
                disabled={status.state !== 'running'}
                loading={check.isPending}
                onClick={() => {
                  check.mutate(undefined);
                }}
              >
                Check
              </Button>
            )}
            <Button
              size="xs"
              variant="default"
              aria-label={url === null ? undefined : 'Change public address'}
              disabled={holder !== undefined}
              onClick={() => {
                setEditing(true);
              }}
            >
              {url === null ? 'Set public address' : 'Change'}
            </Button>
          </div>
          {holder !== undefined && (
            <p className="pd-server__note">{`Set by ${holder.variable} for this run.`}</p>
          )}
        </>
      )}
      {url !== null && !isEditing && <CheckResult check={lastCheck} />}
      {check.error && <ProblemNotice problem={problemOf(check.error)} />}
      {save.error && <ProblemNotice problem={problemOf(save.error)} />}
    </section>
  );
}

function stateOf(check: ReachCheck | null): keyof typeof REACH_STATES {
  if (check === null) return 'unchecked';
  return check.problem === null ? 'reached' : 'failed';
}

function CheckResult({ check }: { check: ReachCheck | null }) {
  if (check === null) {
    return (
      <p className="pd-server__note">
        Not checked since the start. Press Check to see whether the address really leads to this engine.
      </p>
    );
  }
  const until = check.certificateExpiresAt;
  return (
    <>
      {check.problem !== null && <ProblemNotice problem={check.problem} />}
      {check.hints.map((hint) => (
        <ProblemNotice key={hint.code} problem={hint} tone="warn" />
      ))}
      <p className="pd-server__note">
        Checked <RelativeTime at={check.at} />
        {until === null ? '.' : `. The certificate is valid until ${formatDate(until)}.`}
      </p>
    </>
  );
}

interface AddressFormProps {
  url: string | null;
  isBusy: boolean;
  /** The setting; `undefined`: it is not known yet. */
  kept: string | null | undefined;
  /** @param seen what it was when the form was opened */
  onSave: (url: string | null, seen: string | null | undefined) => void;
  onLeave: () => void;
}

function AddressForm({ url, kept, isBusy, onSave, onLeave }: AddressFormProps) {
  const [seen] = useState(kept);
  const [typed, setTyped] = useState(url ?? '');
  const [isTried, setTried] = useState(false);
  const read = readPublicAddress(typed);
  const isEmpty = typed.trim() === '';
  const reason = isEmpty || read.kind === 'address' ? null : read.reason;
  return (
    <Form
      className="pd-server-card__form"
      onSubmit={() => {
        setTried(true);
        if (isEmpty) onSave(null, seen);
        else if (read.kind === 'address') onSave(read.address.url, seen);
      }}
    >
      <TextInput
        label="Address"
        description="Leave it empty to turn it off. A path is fine: https://shop.example/push/"
        placeholder="https://push.example.org"
        dir="ltr"
        data-autofocus
        autoFocus
        value={typed}
        error={isTried ? reason : null}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
      />
      <SaveOrCancel isBusy={isBusy} onLeave={onLeave} />
    </Form>
  );
}
