import { IconUsers } from '@tabler/icons-react';
import type { Preflight } from '../../../electron/contract/campaign.ts';
import { countOf, formatCount } from '../../format/numbers.ts';

/** How many will get it, and who is left out and why. */
export function Recipients({ preflight }: { preflight: Preflight | undefined }) {
  const excluded = preflight?.excluded ?? [];
  return (
    <div className="pd-recipients">
      <div className="pd-recipients__count pd-figures">
        <IconUsers size={16} aria-hidden />
        {preflight ? countOf(preflight.recipients, 'recipient') : 'Nobody yet'}
      </div>
      {excluded.length > 0 && (
        <ul className="pd-recipients__out" aria-label="Left out">
          {excluded.map(({ reason, count, cause, cure }) => (
            <li key={reason}>
              <span className="pd-figures pd-recipients__number">{formatCount(count)}</span>
              <span>
                <span>left out: {cause}</span> <span className="pd-soft">{cure}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
