import { Button } from '@mantine/core';
import type { ImportReason } from '../../../../electron/contract/subscription-import.ts';
import { useIsRemote } from '../../../api/ApiProvider.tsx';
import { countOf } from '../../../format/numbers.ts';
import { linesOf } from './lines-of.ts';

/** Why rows are rejected, each reason once: how many, the first lines, what to do. */
export function ImportReasons({
  reasons,
  isSaving,
  onSave,
}: {
  reasons: readonly ImportReason[];
  isSaving: boolean;
  onSave: () => void;
}) {
  const isRemote = useIsRemote();
  return (
    <>
      <ul className="pd-import__rows" aria-label="Rejected" tabIndex={0}>
        {reasons.map(({ problem, count, lines, excerpt }) => (
          <li key={problem.code} className="pd-import__reason">
            <span className="pd-figures">{countOf(count, 'row')}</span>
            <span>
              {problem.cause} <span className="pd-soft">{problem.cure}</span>
            </span>
            <span className="pd-import__excerpt pd-small">{linesOf(lines, count)}</span>
            {excerpt !== '' && <span className="pd-import__excerpt pd-mono pd-cut">{excerpt}</span>}
          </li>
        ))}
      </ul>
      {!isRemote && (
        <div>
          <Button size="xs" variant="default" loading={isSaving} onClick={onSave}>
            Save rejected rows…
          </Button>
        </div>
      )}
    </>
  );
}
