import { IconUsers } from '@tabler/icons-react';
import type { Preflight } from '../../../electron/contract/campaign.ts';
import { formatSeconds } from '../../format/durations.ts';
import { countOf, formatCount } from '../../format/numbers.ts';
import { PUSH_SERVICE_NAMES } from '../../words/push-services.ts';

/** How many will get it, and who is left out and why. */
export function Recipients({ preflight }: { preflight: Preflight | undefined }) {
  const excluded = preflight?.excluded ?? [];
  return (
    <div className="pd-recipients">
      <div className="pd-recipients__count pd-figures">
        <IconUsers size={16} aria-hidden />
        {preflight ? countOf(preflight.recipients, 'recipient') : 'Nobody yet'}
      </div>
      {preflight && preflight.recipients > 0 && <Parts preflight={preflight} />}
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

/** Where they are, whose key signs for them, and how long it will take. */
function Parts({ preflight: { byPart, timeNeededMs } }: { preflight: Preflight }) {
  return (
    <>
      <ul className="pd-recipients__out" aria-label="By push service and key pair">
        {byPart.map(({ pushService, keyPairId, keyPairName, count }) => (
          <li key={`${pushService} ${keyPairId}`}>
            <span className="pd-figures pd-recipients__number">{formatCount(count)}</span>
            <span>
              {PUSH_SERVICE_NAMES[pushService]} <span className="pd-soft">signed with {keyPairName}</span>
            </span>
          </li>
        ))}
      </ul>
      {timeNeededMs !== null && timeNeededMs >= 1000 && (
        <p className="pd-recipients__time">
          Takes about {formatSeconds(timeNeededMs / 1000)}, going by your last campaign and your limit.
        </p>
      )}
    </>
  );
}
