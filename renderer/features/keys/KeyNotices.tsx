import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { KeyPair } from '../../../electron/contract/keys.ts';
import { closedPairOf } from '../../../electron/core/keys/private-half.ts';
import { useIsRemote, useQueries } from '../../api/ApiProvider.tsx';
import { formatCount } from '../../format/numbers.ts';
import { Notice } from '../../ui/Notice.tsx';
import { SaveCopyButton } from './SaveCopyButton.tsx';
import { UnlockButton } from './UnlockButton.tsx';

interface KeyNoticesProps {
  pairs: readonly KeyPair[];
  onImport: () => void;
}

/**
 * What a person should know about the keys before doing anything with them: that some cannot sign, how they are kept, and which have no
 * copy.
 */
export function KeyNotices({ pairs, onImport }: KeyNoticesProps) {
  const isRemote = useIsRemote();
  return (
    <>
      <ClosedKeys pairs={pairs} onImport={onImport} />
      {!isRemote && <KeyFile />}
      {!isRemote && <NoCopy pairs={pairs} />}
    </>
  );
}

function ClosedKeys({ pairs, onImport }: KeyNoticesProps) {
  const first = closedPairOf(pairs);
  if (!first?.privateHalfProblem) return null;
  const { cause, cure } = first.privateHalfProblem;
  const others = pairs.filter(({ canSign }) => !canSign).length - 1;
  return (
    <Notice
      tone="bad"
      cause={others === 0 ? cause : `${cause} ${formatCount(others)} more can’t sign either.`}
      cure={cure}
      actions={
        first.privateHalf === 'locked' ? (
          <UnlockButton />
        ) : (
          <Button size="xs" variant="default" onClick={onImport}>
            Import copy
          </Button>
        )
      }
    />
  );
}

/** Shown as long as private keys are kept in a plain file instead of the system's key ring. */
function KeyFile() {
  const { data } = useQuery(useQueries().app.info.queryOptions());
  if (data?.keyProtection !== 'file') return null;
  const hasRing = data.keyRing !== 'none';
  return (
    <Notice
      tone="warn"
      cause={
        hasRing
          ? 'Some private keys are not sealed by your key ring. They are in a file that only your user account can read.'
          : 'No key ring answers on this system, so private keys are kept in a file that only your user account can read.'
      }
      cure={
        <>
          <span className="pd-mono">{data.keyFile}</span>. Keep backups of it safe. The keys are sealed the
          next time Pushdesk starts with an unlocked key ring.
        </>
      }
    />
  );
}

/** A key that is lost takes its subscribers with it. */
function NoCopy({ pairs }: { pairs: readonly KeyPair[] }) {
  const [first, ...others] = pairs.filter(({ canSign, copiedAt }) => canSign && copiedAt === null);
  if (!first) return null;
  return (
    <Notice
      tone="idle"
      cause={
        others.length === 0
          ? `You have no copy of “${first.name}”.`
          : `You have no copy of “${first.name}” and ${formatCount(others.length)} more.`
      }
      cure="If this computer or its key ring is lost, you need a copy of the key pair to reach the people who subscribed with it."
      actions={<SaveCopyButton id={first.id} />}
    />
  );
}
