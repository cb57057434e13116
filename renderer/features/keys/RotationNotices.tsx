import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyPairId } from '../../../electron/contract/ids.ts';
import type { KeyRotation } from '../../../electron/contract/moves.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { countOf } from '../../format/numbers.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { useNow } from '../../ui/Now.tsx';
import { OutcomeBar } from '../../ui/OutcomeBar.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { goneOf, leftWords, pairName, progressWords } from './rotation-words.ts';

/** How long a finished one is still mentioned. */
const TOLD_MS = 7 * 86_400_000;

/** Changes of key that are under way, and those that have ended. */
export function RotationNotices() {
  const { data = [] } = useQuery(useQueries().keys.rotations.queryOptions());
  const now = useNow();
  return data.map((rotation) => {
    if (rotation.state === 'moving') return <Moving key={rotation.id} rotation={rotation} />;
    const isNews = rotation.state === 'finished' && (rotation.endedAt ?? 0) > now - TOLD_MS;
    return isNews ? <Finished key={rotation.id} rotation={rotation} /> : null;
  });
}

function Moving({ rotation }: { rotation: KeyRotation }) {
  const [isAsking, setAsking] = useState(false);
  const { from, to, moved, left, startedAt } = rotation;
  const gone = goneOf(rotation);
  return (
    <Notice
      tone="busy"
      cause={`Replacing ${pairName(from)} with ${pairName(to)}: ${progressWords(rotation)}`}
      cure={
        <>
          <OutcomeBar
            parts={[
              { label: 'Moved', count: moved, tone: 'ok' },
              { label: 'No longer subscribed', count: gone, tone: 'bad' },
            ]}
            total={moved + left + gone}
          />
          Started <RelativeTime at={startedAt} />. Browsers move on their next visit; until then,{' '}
          {pairName(from)} keeps sending to them. {leftWords(rotation)}
        </>
      }
      actions={
        from.id !== null && (
          <>
            <Button
              size="xs"
              variant="default"
              onClick={() => {
                setAsking(true);
              }}
            >
              Go back
            </Button>
            <GoBack
              rotation={rotation}
              id={from.id}
              opened={isAsking}
              onLeave={() => {
                setAsking(false);
              }}
            />
          </>
        )
      }
    />
  );
}

function GoBack({
  rotation: { from, to, moved },
  id,
  opened,
  onLeave,
}: {
  rotation: KeyRotation;
  id: KeyPairId;
  opened: boolean;
  onLeave: () => void;
}) {
  const use = useMutation(useQueries().keys.use.mutationOptions({ onSuccess: onLeave }));
  return (
    <ConfirmDialog
      opened={opened}
      title={`Go back to ${pairName(from)}?`}
      actLabel="Go back"
      leaveLabel="Keep replacing"
      isBusy={use.isPending}
      problem={use.error ? problemOf(use.error) : null}
      onLeave={onLeave}
      onAct={() => {
        use.mutate({ id });
      }}
    >
      New visitors subscribe with {pairName(from)} again.{' '}
      {moved > 0 &&
        `You can still send to the ${countOf(moved, 'subscription')} with ${pairName(to)}; each goes back on its next visit.`}
    </ConfirmDialog>
  );
}

function Finished({ rotation }: { rotation: KeyRotation }) {
  const { from, to, moved, endedAt } = rotation;
  const gone = goneOf(rotation);
  return (
    <Notice
      tone="ok"
      cause={`${pairName(from)} was replaced with ${pairName(to)}: ${countOf(moved, 'subscription')} moved.`}
      cure={
        <>
          Finished {endedAt !== null && <RelativeTime at={endedAt} />}.{' '}
          {gone > 0 && `${countOf(gone, 'other')} unsubscribed or expired in the meantime. `}
          {from.id !== null &&
            `${pairName(from)} has no active subscriptions left. You can remove it once you have a copy.`}
        </>
      }
    />
  );
}
