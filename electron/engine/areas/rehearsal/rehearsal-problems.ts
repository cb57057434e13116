import { Refusal, type Problem } from '../../../contract/problem.ts';

/** One is enough to keep the machine busy, and there is only one place to watch it. */
export const goesOn: Problem = {
  code: 'rehearsal-goes-on',
  cause: 'A rehearsal is already running.',
  cure: 'Wait until it finishes, or end it, then start the next one.',
};

export const stopping: Problem = {
  code: 'app-stopping',
  cause: 'Pushdesk is stopping.',
  cure: 'Start the rehearsal once Pushdesk is running again.',
};

export const notSetUp: Problem = {
  code: 'rehearsal-not-set-up',
  cause: 'The rehearsal couldn’t be set up.',
  cure: 'Try again. If it keeps happening, see the log file in the data folder.',
};

export const serviceFell: Problem = {
  code: 'rehearsal-service-ended',
  cause: 'The local push service stopped unexpectedly, so the rehearsal can’t continue.',
  cure: 'End this rehearsal and start another. For details, see the log file in the data folder.',
};

export function noRehearsal(): Refusal {
  return new Refusal('NOT_FOUND', {
    code: 'no-rehearsal',
    cause: 'There is no rehearsal.',
    cure: 'Start one with Rehearse in Compose.',
  });
}
