import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, type Ref } from 'react';
import type { KeyPair } from '../../../electron/contract/keys.ts';
import { useIsRemote, useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { whyNotRemovable } from '../../../electron/core/keys/key-removal.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { SidePanel, type PanelHandle } from '../../ui/SidePanel.tsx';
import { toast } from '../../ui/toast.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { KeyEditForm } from './KeyEditForm.tsx';
import { RotationDetail } from './RotationDetail.tsx';
import { UnlockButton } from './UnlockButton.tsx';

interface KeyPanelProps {
  ref?: Ref<PanelHandle> | undefined;
  pair: KeyPair;
  hasOthers: boolean;
  onReplace: () => void;
  onImport: () => void;
  onClose: () => void;
}

/** One key pair: its public half, its contact, and what can be done with it. */
export function KeyPanel({ ref, pair, hasOthers, onReplace, onImport, onClose }: KeyPanelProps) {
  const { keys } = useQueries();
  const [isAsking, setAsking] = useState(false);
  const [isRefused, setRefused] = useState(false);
  const whyNot = whyNotRemovable(pair, hasOthers);
  const use = useMutation(keys.use.mutationOptions());
  const exportKeys = useMutation(
    keys.export.mutationOptions({
      onSuccess: ({ path }) => {
        if (path !== null) toast(`Saved to ${path}. Anyone who has this file can send in your name.`);
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
  const isRemote = useIsRemote();
  const failure = use.error ?? exportKeys.error;

  return (
    <SidePanel
      ref={ref}
      title={pair.name}
      subtitle={pair.inUse ? 'In use on the subscribe page' : 'Not in use on the subscribe page'}
      onClose={onClose}
      actions={
        <>
          {pair.inUse && (
            <Button size="xs" variant="default" onClick={onReplace}>
              Replace key…
            </Button>
          )}
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
          {!isRemote && (
            <ExportMenu
              isBusy={exportKeys.isPending}
              isDisabled={!pair.canSign}
              onExport={(format) => {
                exportKeys.mutate({ id: pair.id, format });
              }}
            />
          )}
          <Button
            size="xs"
            variant="subtle"
            color="red"
            onClick={() => {
              remove.reset();
              setRefused(whyNot !== null);
              setAsking(whyNot === null);
            }}
          >
            Remove
          </Button>
        </>
      }
    >
      {failure && <ProblemNotice problem={problemOf(failure)} />}
      {isRefused && whyNot && <ProblemNotice problem={whyNot} />}
      {pair.privateHalfProblem && (
        <Notice
          tone="bad"
          cause={pair.privateHalfProblem.cause}
          cure={pair.privateHalfProblem.cure}
          actions={
            pair.privateHalf === 'locked' ? (
              <UnlockButton />
            ) : (
              <Button size="xs" variant="default" onClick={onImport}>
                Import copy
              </Button>
            )
          }
        />
      )}
      <section>
        <h3 className="pd-section__title">Public key</h3>
        <div className="pd-keys__public">
          <code className="pd-mono">{pair.publicKey}</code>
          <CopyButton look="button" label="Copy public key" text={pair.publicKey} />
        </div>
      </section>
      <RotationDetail publicKey={pair.publicKey} />
      <KeyEditForm key={`${pair.name} ${pair.subject}`} pair={pair} />
      <FactList
        facts={[
          [
            'Subscriptions',
            `${formatCount(pair.subscriptions.active)} active, ${formatCount(pair.subscriptions.total)} in total`,
          ],
          [
            'Copy',
            pair.copiedAt === null ? (
              'None yet'
            ) : (
              <>
                Saved <RelativeTime at={pair.copiedAt} />
              </>
            ),
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
        The private key is deleted from this computer.{' '}
        {pair.subscriptions.total > 0 &&
          `Without it, nobody can send to the ${countOf(pair.subscriptions.total, 'subscription')} made with it. `}
        {pair.copiedAt === null
          ? 'There is no copy of it: export it first if you may need it again.'
          : 'Your copy of it stays where you saved it.'}
      </ConfirmDialog>
    </SidePanel>
  );
}
