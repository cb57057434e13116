import { Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconWorld } from '@tabler/icons-react';
import type { KeyPair, PrivateHalf } from '../../../electron/contract/keys.ts';
import type { KeyPairId } from '../../../electron/contract/ids.ts';
import type { Problem } from '../../../electron/contract/problem.ts';
import { formatCount } from '../../format/numbers.ts';
import { shortenMiddle } from '../../format/shorten.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { ShortText } from '../../ui/ShortText.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import './keys.css';

const COLUMNS: readonly Column<KeyPair>[] = [
  {
    id: 'name',
    header: 'Name',
    track: 'minmax(240px, 2fr)',
    cell: (pair) => (
      <>
        <span className="pd-cut pd-keys__name" dir="auto" title={pair.name}>
          {pair.name}
        </span>
        {pair.inUse && <InUseTag />}
        {pair.privateHalfProblem && <ClosedTag half={pair.privateHalf} problem={pair.privateHalfProblem} />}
      </>
    ),
  },
  {
    id: 'contact',
    header: 'Contact',
    track: 'minmax(140px, 2fr)',
    dropOrder: 2,
    cell: (pair) => (
      <>
        <span className="pd-cut" title={pair.subject}>
          {pair.subject}
        </span>
        {pair.subjectWarning && (
          <Tooltip label={`${pair.subjectWarning.cause} ${pair.subjectWarning.cure}`} multiline maw={320}>
            <IconAlertTriangle
              size={15}
              className="pd-keys__warning"
              aria-label="Apple would reject this contact"
            />
          </Tooltip>
        )}
      </>
    ),
  },
  {
    id: 'publicKey',
    header: 'Public key',
    track: '172px',
    dropOrder: 3,
    cell: (pair) => (
      <ShortText
        short={shortenMiddle(pair.publicKey, 19)}
        full={pair.publicKey}
        copyLabel="Copy public key"
      />
    ),
  },
  {
    id: 'subscriptions',
    header: 'Subscriptions',
    track: '104px',
    align: 'end',
    cell: (pair) => (
      <Tooltip
        label={`${formatCount(pair.subscriptions.active)} active, ${formatCount(pair.subscriptions.total)} in total`}
      >
        <span>
          {formatCount(pair.subscriptions.active)}
          {pair.subscriptions.total > pair.subscriptions.active && (
            <span className="pd-soft"> of {formatCount(pair.subscriptions.total)}</span>
          )}
        </span>
      </Tooltip>
    ),
  },
  {
    id: 'created',
    header: 'Added',
    track: '84px',
    dropOrder: 1,
    align: 'end',
    cell: (pair) => <RelativeTime at={pair.createdAt} />,
  },
];

function InUseTag() {
  return (
    <Tooltip label="Browsers subscribe with this key on the subscribe page.">
      <span className="pd-keys__tag" data-tone="ok">
        <IconWorld size={13} aria-hidden /> In use
      </span>
    </Tooltip>
  );
}

const CLOSED_WORDS: Record<PrivateHalf, string> = {
  ready: 'Ready',
  locked: 'Locked',
  'no-key-ring': 'Sealed',
  'sealed-elsewhere': 'Sealed elsewhere',
  missing: 'Private key missing',
};

function ClosedTag({ half, problem }: { half: PrivateHalf; problem: Problem }) {
  return (
    <Tooltip label={`${problem.cause} ${problem.cure}`} multiline maw={320}>
      <span className="pd-keys__tag" data-tone="bad">
        <IconAlertTriangle size={13} aria-hidden /> {CLOSED_WORDS[half]}
      </span>
    </Tooltip>
  );
}

interface KeyTableProps {
  pairs: readonly KeyPair[];
  openId: KeyPairId | null;
  onOpen: (pair: KeyPair) => void;
}

export function KeyTable({ pairs, openId, onOpen }: KeyTableProps) {
  return (
    <DataTable
      label="Key pairs"
      columns={COLUMNS}
      rows={pairs}
      idOf={(pair) => pair.id}
      nameOf={(pair) => pair.name}
      openId={openId}
      onOpen={onOpen}
    />
  );
}
