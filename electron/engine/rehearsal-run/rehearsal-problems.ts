import { Refusal, type Problem } from '../../contract/problem.ts';

/** One is enough to keep the machine busy, and there is one place to look at it. */
export const goesOn: Problem = {
  code: 'rehearsal-goes-on',
  cause: 'A rehearsal is already going on.',
  cure: 'Wait for its end, or end it, and start the next one then.',
};

export const stopping: Problem = {
  code: 'app-stopping',
  cause: 'Pushdesk is stopping.',
  cure: 'Start the rehearsal when Pushdesk runs again.',
};

export const notSetUp: Problem = {
  code: 'rehearsal-not-set-up',
  cause: 'The rehearsal could not be set up.',
  cure: 'Try again. If it comes back, the log file in the data folder says more.',
};

export const serviceFell: Problem = {
  code: 'rehearsal-service-ended',
  cause: 'The local push service ended unexpectedly, so the rehearsal cannot go on.',
  cure: 'End this rehearsal and start another one. The log file in the data folder says more.',
};

export function noRehearsal(): Refusal {
  return new Refusal('NOT_FOUND', {
    code: 'no-rehearsal',
    cause: 'There is no rehearsal.',
    cure: 'Start one with Rehearse in Compose.',
  });
}
