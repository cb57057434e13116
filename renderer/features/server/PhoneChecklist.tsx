import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconHandFinger,
  type Icon,
} from '@tabler/icons-react';
import { Link } from 'wouter';
import type { PhoneVisit } from '../../../electron/contract/server.ts';
import { subscriptionPath } from '../../navigation/paths.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { phoneChecks, type PhoneCheck, type PhoneCheckState } from './phone-checks.ts';

const ICONS: Readonly<Record<PhoneCheckState, Icon>> = {
  ok: IconCircleCheck,
  bad: IconCircleX,
  todo: IconHandFinger,
  later: IconCircleDashed,
};

const WORDS: Readonly<Record<PhoneCheckState, string>> = {
  ok: 'Done',
  bad: 'Missing',
  todo: 'Next',
  later: 'Later',
};

/** What push needs on a phone, as the page there reports it. */
export function PhoneChecklist({ visit, onLeave }: { visit: PhoneVisit; onLeave: () => void }) {
  const checks = phoneChecks(visit);
  return (
    <>
      <h3 role="status">{headline(checks)}</h3>
      <ul className="pd-phone__checks" aria-label="What push needs on the phone">
        {checks.map((check) => (
          <Row key={check.id} check={check} />
        ))}
      </ul>
      {visit.subscriptionId !== null && (
        <p>
          <Link href={subscriptionPath(visit.subscriptionId)} onClick={onLeave}>
            Show its row
          </Link>{' '}
          to send it a test message.
        </p>
      )}
      <p className="pd-phone__cause">
        Reported by the phone <RelativeTime at={visit.at} />
        {visit.findings.isVisible ? '.' : '. The page is not in view there now.'}
      </p>
    </>
  );
}

function Row({ check: { label, state, cause, cure } }: { check: PhoneCheck }) {
  const CheckIcon = ICONS[state];
  return (
    <li data-state={state}>
      <CheckIcon size={18} stroke={2} aria-label={WORDS[state]} />
      <div>
        {label}
        {cause !== '' && <p className="pd-phone__cause">{cause}</p>}
        {cure !== '' && <p className="pd-phone__cure">{cure}</p>}
      </div>
    </li>
  );
}

function headline(checks: readonly PhoneCheck[]): string {
  const open = checks.find(({ state }) => state !== 'ok');
  if (open === undefined) return 'This phone is subscribed';
  return `${open.state === 'bad' ? 'Missing' : 'Next'}: ${open.label}`;
}
