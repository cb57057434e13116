import type { Problem } from '../../../../contract/problem.ts';

const CURE = 'Send it now, move it to another time, or cancel it.';

export const wasLate: Problem = {
  code: 'schedule-late',
  cause: 'Pushdesk wasn’t running, or the computer was asleep, when this campaign was due.',
  cure: CURE,
};

export const hoursMissed: Problem = {
  code: 'schedule-hours-missed',
  cause: 'Pushdesk wasn’t running, or the computer was asleep, when some recipients were due.',
  cure: 'Send to them now, leave them out, or cancel the campaign.',
};

export const startMissed: Problem = {
  code: 'schedule-start-missed',
  cause: 'Pushdesk ended just as this campaign started. Nothing was sent.',
  cure: 'Resume to send it now, or cancel the campaign.',
};

export const clockSetForward: Problem = {
  code: 'schedule-clock-changed',
  cause: 'The computer’s clock was set forward, so this campaign came due early.',
  cure: `Check the clock. Then ${CURE.replace('Send', 'send')}`,
};

export const fromBackup: Problem = {
  code: 'schedule-restored',
  cause: 'This campaign comes from a backup, and may have been sent after the backup was made.',
  cure: CURE,
};

export const unreadableAudience: Problem = {
  code: 'schedule-unreadable',
  cause: 'The audience of this campaign can’t be read any more.',
  cure: 'Edit it and choose the audience again, or cancel it.',
};
