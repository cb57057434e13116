import { Button, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AccessToken } from '../../../electron/contract/access-tokens.ts';
import type { Settings } from '../../../electron/contract/settings.ts';
import { useIsRemote, useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { formatDate } from '../../format/moments.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useNow } from '../../ui/Now.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { toast } from '../../ui/toast.ts';
import { TOKEN_SCOPES } from '../../words/token-scopes.ts';
import { NewTokenForm } from './NewTokenForm.tsx';
import './server.css';

/** Tokens for scripts and for the desktop app elsewhere, and whether they work from elsewhere at all. */
export function AccessTokens() {
  const { tokens } = useQueries();
  const isRemote = useIsRemote();
  const queryClient = useQueryClient();
  const { data: list = [] } = useQuery(tokens.list.queryOptions());
  const [isMaking, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<AccessToken | null>(null);
  const renew = () => void queryClient.invalidateQueries({ queryKey: tokens.key() });
  const revoke = useMutation(
    tokens.revoke.mutationOptions({
      onSuccess() {
        renew();
        setRevoking(null);
        toast('Token revoked.');
      },
    }),
  );

  return (
    <section className="pd-server-card" aria-labelledby="pd-access-tokens">
      <div className="pd-server__line pd-server__line--apart">
        <h2 id="pd-access-tokens" className="pd-server-card__title">
          Access tokens
        </h2>
        {!isRemote && (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              setMaking(true);
            }}
          >
            New token
          </Button>
        )}
      </div>
      {isRemote ? (
        <p className="pd-server__note">
          New tokens are made on the server itself:{' '}
          <code className="pd-mono">node server.mjs token create --name NAME --scope SCOPE</code>
        </p>
      ) : (
        list.length === 0 && (
          <p className="pd-server__note">
            Give each script, and each computer that opens this workspace, a token that may do only what it
            needs.
          </p>
        )
      )}
      {list.length > 0 && (
        <ul className="pd-server-card__list">
          {list.map((token) => (
            <li key={token.id}>
              <TokenLine token={token} />
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                aria-label={`Revoke ${token.name}`}
                onClick={() => {
                  revoke.reset();
                  setRevoking(token);
                }}
              >
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Elsewhere />
      <Dialog
        title="New token"
        opened={isMaking}
        onClose={() => {
          setMaking(false);
        }}
      >
        <NewTokenForm
          onMade={() => {
            renew();
            setMaking(false);
            toast('Token created.');
          }}
        />
      </Dialog>
      <ConfirmDialog
        opened={revoking !== null}
        title={`Revoke “${revoking?.name ?? ''}”?`}
        actLabel="Revoke token"
        leaveLabel="Keep token"
        isDangerous
        isBusy={revoke.isPending}
        problem={revoke.error ? problemOf(revoke.error) : null}
        onLeave={() => {
          setRevoking(null);
        }}
        onAct={() => {
          if (revoking !== null) revoke.mutate({ id: revoking.id });
        }}
      >
        Anything that uses it stops working at once, and windows opened with it close. A revoked token cannot
        be restored.
      </ConfirmDialog>
    </section>
  );
}

function TokenLine({ token: { name, scopes, lastUsedAt, expiresAt } }: { token: AccessToken }) {
  const now = useNow();
  const may = scopes.map((scope) => TOKEN_SCOPES[scope].name).join(', ');
  return (
    <span className="pd-server-token">
      <bdi className="pd-cut" title={name}>
        {name}
      </bdi>
      <span className="pd-server__note pd-cut">
        {may === '' ? 'Nothing' : may}
        {' · '}
        {lastUsedAt === null ? (
          'never used'
        ) : (
          <>
            used <RelativeTime at={lastUsedAt} />
          </>
        )}
        {expiresAt !== null && ` · ${expiresAt <= now ? 'expired' : 'expires'} ${formatDate(expiresAt)}`}
      </span>
    </span>
  );
}

type Door = 'remoteWorkspace' | 'publicApi';

const DOORS: readonly { setting: Door; label: string; about: string }[] = [
  {
    setting: 'remoteWorkspace',
    label: 'Remote workspace',
    about: 'The desktop app may open this engine from elsewhere, with an owner token.',
  },
  {
    setting: 'publicApi',
    label: 'API at the public address',
    about: 'Scripts elsewhere may use the API over HTTPS, with an access token.',
  },
];

/** Which of this answers at the public address. */
function Elsewhere() {
  const { app } = useQueries();
  const queryClient = useQueryClient();
  const { data: settings } = useQuery(app.settings.queryOptions());
  const { data: info } = useQuery(app.info.queryOptions());
  const change = useMutation(
    app.changeSettings.mutationOptions({
      onSuccess(next: Settings) {
        queryClient.setQueryData(app.settings.queryKey(), next);
      },
    }),
  );
  return (
    <>
      {DOORS.map(({ setting, label, about }) => {
        const holder = info?.settingsFromEnvironment[setting];
        return (
          <Switch
            key={setting}
            size="xs"
            label={label}
            description={
              holder === undefined ? about : `Set to ${holder.value} by ${holder.variable} for this run.`
            }
            disabled={settings === undefined || holder !== undefined}
            checked={settings?.[setting] ?? false}
            onChange={(event) => {
              change.mutate({ [setting]: event.currentTarget.checked });
            }}
          />
        );
      })}
      {change.error && <ProblemNotice problem={problemOf(change.error)} />}
    </>
  );
}
