import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyPair } from '../../../electron/contract/key-pair.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { formatCount } from '../../format/numbers.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { toast } from '../../ui/toast.ts';
import { KeyEditForm } from './KeyEditForm.tsx';

/** One key pair: its public half, its contact, and what can be done with it. */
export function KeyPanel({ pair, onClose }: { pair: KeyPair; onClose: () => void }) {
  const { keys } = useQueries();
  const [isAsking, setAsking] = useState(false);
  const use = useMutation(keys.use.mutationOptions());
  const exportKeys = useMutation(
    keys.export.mutationOptions({
      onSuccess: ({ path }) => {
        if (path !== null) toast(`Saved to ${path}. Whoever has this file can send in your name.`);
      },
    }),
  );
  const remove = useMutation(
    keys.remove.mutationOptions({
      onSuccess: () => {
        setAsking(false);
        onClose();
      },
    }),
  );
  const failure = use.error ?? exportKeys.error;

  return (
    <SidePanel
      title={pair.name}
      subtitle={pair.inUse ? 'In use on the subscribe page' : 'Not in use on the subscribe page'}
      onClose={onClose}
      actions={
        <>
          {!pair.inUse && (
            <Button
              size="xs"
              loading={use.isPending}
              disabled={!pair.canSign}
              onClick={() => {
                use.mutate({ id: pair.id });
              }}
            >
              Use on subscribe page
            </Button>
          )}
          <Button
            size="xs"
            variant="default"
            loading={exportKeys.isPending}
            disabled={!pair.canSign}
            onClick={() => {
              exportKeys.mutate({ id: pair.id });
            }}
          >
            Export
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color="red"
            onClick={() => {
              remove.reset();
              setAsking(true);
            }}
          >
            Remove
          </Button>
        </>
      }
    >
      {failure && <ProblemNotice problem={problemOf(failure)} />}
      {!pair.canSign && (
        <Notice
          tone="bad"
          cause="The private key cannot be opened on this machine, so nothing can be sent with this pair."
          cure="Unlock the key ring of your system and start Pushdesk again, or import the key pair once more."
        />
      )}
      <section>
        <h3 className="pd-section__title">Public key</h3>
        <div className="pd-keys__public">
          <code className="pd-mono">{pair.publicKey}</code>
          <CopyButton look="button" label="Copy public key" text={pair.publicKey} />
        </div>
      </section>
      <KeyEditForm key={`${pair.name} ${pair.subject}`} pair={pair} />
      <FactList
        facts={[
          [
            'Subscriptions',
            `${formatCount(pair.subscriptions.active)} active, ${formatCount(pair.subscriptions.total)} in all`,
          ],
          ['Added', <RelativeTime key="added" at={pair.createdAt} />],
        ]}
      />
      <ConfirmDialog
        opened={isAsking}
        title={`Remove ${pair.name}?`}
        actLabel="Remove key pair"
        leaveLabel="Keep key pair"
        isDangerous
        isBusy={remove.isPending}
        problem={remove.error ? problemOf(remove.error) : null}
        onLeave={() => {
          setAsking(false);
        }}
        onAct={() => {
          remove.mutate({ id: pair.id });
        }}
      >
        The private key is deleted from this machine. Browsers that subscribed with it can then never be
        reached again. Export it first if you may need it.
      </ConfirmDialog>
    </SidePanel>
  );
}
