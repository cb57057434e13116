import { Link } from 'wouter';
import type { StateChange } from '../../../electron/contract/subscriptions.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { SUBSCRIPTION_STATES } from '../../words/states.ts';

const CAUSES: Record<StateChange['cause'], string> = {
  delivery: 'The push service said so.',
  page: 'The subscribe page reported it.',
  import: 'An import changed it.',
  person: 'You changed it.',
  expiry: 'Its expiry date passed.',
  api: 'A script changed it through the API.',
  unknown: 'The reason is not known.',
};

/** A change in the state of a subscription, and what brought it about. */
export function StateEntry({ change }: { change: StateChange }) {
  const { at, cause, delivery } = change;
  return (
    <li className="pd-history__entry pd-history__change">
      <span>{changeWords(change)}</span>
      <span className="pd-history__when pd-soft pd-figures">
        <RelativeTime at={at} />
      </span>
      <span className="pd-history__cause pd-soft">
        {CAUSES[cause]}{' '}
        {delivery !== null && (
          <Link className="pd-link" href={`${SCREENS.campaigns.path}/${delivery.campaignId}/${delivery.id}`}>
            See the answer
          </Link>
        )}
      </span>
    </li>
  );
}

function changeWords({ bin, from, to }: StateChange): string {
  if (bin !== null) return bin === 'in' ? 'Moved to the bin' : 'Restored from the bin';
  return `${SUBSCRIPTION_STATES[from].word} → ${SUBSCRIPTION_STATES[to].word}`;
}
