import { rehearsalFaultsSchema, type RehearsalFaults } from '../../../electron/contract/rehearsal.ts';

export type FaultName = keyof RehearsalFaults;

export interface FaultField {
  name: FaultName;
  label: string;
  /** One sentence for somebody who meets it for the first time. */
  meaning: string;
}

/** Shares of the devices: each device keeps its fate. */
export const DEVICE_FAULTS: readonly FaultField[] = [
  { name: 'gone', label: 'Gone', meaning: 'Has unsubscribed: the push service reports it gone.' },
  { name: 'wrongKey', label: 'Wrong key', meaning: 'Subscribed with a different key than yours.' },
];

/** Shares of the requests: drawn anew for each, even for a retry. */
export const ANSWER_FAULTS: readonly FaultField[] = [
  {
    name: 'rateLimited',
    label: 'Rate limit',
    meaning:
      'Answers 429. Pushdesk then pauses that service for a second, so a high share takes a long time.',
  },
  { name: 'serviceErrors', label: 'Service error', meaning: 'Answers 500. Pushdesk tries again.' },
  { name: 'droppedLines', label: 'Dropped line', meaning: 'The connection drops before an answer arrives.' },
  {
    name: 'oddAnswers',
    label: 'Unusual answer',
    meaning: 'Drops the message after a 200, rejects the endpoint, or finds the message too large.',
  },
  { name: 'slow', label: 'Slow', meaning: 'The answer takes two seconds.' },
];

/** A little of everything, as an ordinary day has it. */
export const ORDINARY_FAULTS: RehearsalFaults = {
  gone: 4,
  wrongKey: 1,
  rateLimited: 1,
  serviceErrors: 2,
  droppedLines: 1,
  oddAnswers: 1,
  slow: 2,
};

/** What is wrong with the shares, by field; empty where they are valid. */
export function faultErrors(faults: RehearsalFaults): Partial<Record<FaultName, string>> {
  const checked = rehearsalFaultsSchema.safeParse(faults);
  if (checked.success) return {};
  return Object.fromEntries(checked.error.issues.map(({ path, message }) => [String(path[0]), message]));
}

/** True where most requests fail and are tried again and again. */
export function takesLong({ rateLimited, serviceErrors, droppedLines }: RehearsalFaults): boolean {
  return rateLimited + serviceErrors + droppedLines > 50;
}
