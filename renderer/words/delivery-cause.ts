import type { Delivery } from '../../electron/contract/deliveries.ts';
import { formatDayAndTimeHere, formatShortHere } from '../format/schedule-words.ts';

type Caused = Pick<Delivery, 'state' | 'diagnosis' | 'nextAttemptAt'>;

/** Why a delivery is as it is, in one line; nothing if there is nothing to say. */
export function causeOfDelivery({ state, diagnosis, nextAttemptAt }: Caused): string {
  if (state !== 'waiting') return diagnosis?.cause ?? '';
  const until = nextAttemptAt === null ? '' : ` until ${formatShortHere(nextAttemptAt)} your time`;
  return `Held${until}, for the recipient’s own time or quiet hours`;
}

/** What happens next with a delivery that goes out later; `null`: nothing that its diagnosis does not say. */
export function nextStepOf({ state, nextAttemptAt }: Caused): string | null {
  if (state !== 'waiting' && state !== 'retrying') return null;
  if (state === 'retrying')
    return `It will be tried again ${nextAttemptAt === null ? 'once sending resumes' : 'automatically'}.`;
  if (nextAttemptAt === null) return 'It goes out at that time, once sending resumes.';
  return `It goes out on ${formatDayAndTimeHere(nextAttemptAt)}, your time.`;
}
