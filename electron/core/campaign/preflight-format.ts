import { SHOWN_ACTIONS, type Message, type MessageFieldName } from '../../contract/message.ts';
import type { Problem } from '../../contract/problem.ts';
import type { CampaignSchedule } from '../../contract/schedule.ts';
import { PAYLOAD_FORMATS } from '../message/formats/all.ts';
import { startOf } from './schedule-time.ts';

const NAMES: Partial<Record<MessageFieldName, string>> = { imageUrl: 'the image', appBadge: 'the app badge' };

/**
 * What prevents sending a message, because of its format or its expiry, and what the person should know before.
 *
 * @param around `now` in ms since 1970; `schedule` says when it starts, `null` is at once
 */
export function judgeFormat(
  message: Message,
  { asksReceipts, ...times }: { asksReceipts: boolean; now: number; schedule: CampaignSchedule | null },
): { blockers: Problem[]; warnings: Problem[] } {
  return {
    blockers: [problemOfExpiry(message, times)].filter((problem) => problem !== null),
    warnings: [
      ...warnOfDeclarative(message),
      ...warnOfIgnored(message),
      ...(asksReceipts ? warnOfReceipts(message) : []),
      ...warnOfButtons(message),
    ],
  };
}

/** Why nothing of a message would be sent because it expires first; `null`: it does not. */
export function problemOfExpiry(
  { expiresAt }: Pick<Message, 'expiresAt'>,
  { now, schedule }: { now: number; schedule: CampaignSchedule | null },
): Problem | null {
  if (expiresAt === null) return null;
  if (expiresAt <= now)
    return {
      code: 'expired',
      cause: 'The message’s expiry time has already passed.',
      cure: 'Choose a later time, or none.',
      field: 'expiresAt',
    };
  const start = schedule === null ? null : startOf(schedule);
  if (start === null || expiresAt > start) return null;
  return {
    code: 'expires-before-start',
    cause: 'The message expires before sending starts.',
    cure: 'Choose a later expiry time or none, or an earlier start.',
    field: 'expiresAt',
  };
}

/** The specification requires an address to navigate to, and Safari cannot resolve one that is relative to a site it has not loaded. */
function warnOfDeclarative(message: Message): Problem[] {
  if (message.format !== 'declarative') return [];
  const withPaths = [message.url, ...message.actions.map(({ url }) => url || message.url)];
  if (withPaths.every((url) => /^https?:/i.test(url))) return [];
  return [
    {
      code: 'declarative-without-address',
      cause:
        'Safari shows a declarative message without a service worker only if its links are full addresses.',
      cure: 'Write the URL with https:// in front, for the message and for each button that has its own.',
      field: 'url',
    },
  ];
}

function warnOfIgnored(message: Message): Problem[] {
  const { name, ignores } = PAYLOAD_FORMATS[message.format];
  const lost = ignores.filter((field) => message[field] !== '' && message[field] !== null);
  if (lost.length === 0) return [];
  return [
    {
      code: 'format-ignores',
      cause: `The service worker that the format “${name}” is made for does not show ${lost.map((field) => NAMES[field] ?? field).join(' and ')}.`,
      cure: 'Leave it out, or choose another payload format.',
      field: 'format',
    },
  ];
}

function warnOfReceipts(message: Message): Problem[] {
  const cause = PAYLOAD_FORMATS[message.format].withoutReceipts(message);
  if (cause === null) return [];
  return [
    {
      code: 'format-without-receipts',
      cause: `Shown and clicked may stay unknown. ${cause}`,
      cure: 'Nothing to do if you only need to know what was accepted.',
      field: 'format',
    },
  ];
}

function warnOfButtons({ actions }: Message): Problem[] {
  if (actions.length <= SHOWN_ACTIONS) return [];
  return [
    {
      code: 'more-buttons-than-shown',
      cause: `The message has ${actions.length} buttons. Browsers show at most two, some only one or none.`,
      cure: 'Put the most important ones first.',
      field: 'actions',
    },
  ];
}
