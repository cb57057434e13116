import { Button } from '@mantine/core';
import { useLocation } from 'wouter';
import { SEND_BLOCKERS } from '../../../electron/contract/preflight.ts';
import type { Problem } from '../../../electron/contract/problem.ts';
import { PRIVATE_HALF_CODES } from '../../../electron/core/keys/private-half.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { Notice } from '../../ui/Notice.tsx';
import { focusPlace, placeOf } from './fields.ts';

/** Where the cure of a blocker is found. */
const WAYS: Partial<Record<string, { label: string; path: string }>> = {
  [SEND_BLOCKERS.noKeys]: { label: 'Open Keys', path: SCREENS.keys.path },
  [SEND_BLOCKERS.keyNotHeld]: { label: 'Open Keys', path: SCREENS.keys.path },
  ...Object.fromEntries(
    Object.values(PRIVATE_HALF_CODES).map((code) => [code, { label: 'Open Keys', path: SCREENS.keys.path }]),
  ),
  [SEND_BLOCKERS.nobody]: { label: 'Open Subscriptions', path: SCREENS.subscriptions.path },
};

/** Why Send did nothing. */
export function Blockers({ problems }: { problems: readonly Problem[] }) {
  const [, navigate] = useLocation();
  const ways = problems.flatMap(({ code }) => WAYS[code] ?? []);
  return (
    <Notice
      tone="bad"
      role="alert"
      cause={problems.length === 1 ? undefined : 'Not sent:'}
      cure={
        <ul className="pd-blockers">
          {problems.map((problem) => (
            <li key={problem.code}>
              <Cause problem={problem} /> {problem.cure}
            </li>
          ))}
        </ul>
      }
      actions={ways.map((way) => (
        <Button
          key={way.path}
          size="xs"
          variant="default"
          onClick={() => {
            navigate(way.path);
          }}
        >
          {way.label}
        </Button>
      ))}
    />
  );
}

/** Leads to where it can be mended, where that is on this screen. */
function Cause({ problem: { cause, field } }: { problem: Problem }) {
  const place = placeOf(field);
  if (place === undefined) return <span className="pd-blockers__cause">{cause}</span>;
  return (
    <button
      type="button"
      className="pd-compose__fix pd-blockers__cause"
      onClick={() => {
        focusPlace(place);
      }}
    >
      {cause}
    </button>
  );
}
