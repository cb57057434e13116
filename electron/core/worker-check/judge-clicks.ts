import type { Message } from '../../contract/message.ts';
import type { WorkerClick, WorkerFinding, WorkerLead, WorkerRun } from '../../contract/worker-check.ts';
import { actionNameOf } from '../message/payload.ts';
import { errorWords } from './error-words.ts';
import type { WorkerCase } from './judge-worker.ts';

/** Whether clicks lead to where the message says. */
export function judgeClicks(run: WorkerRun, { message, scriptUrl }: WorkerCase): WorkerFinding[] {
  if (!run.listeners.some(({ event }) => event === 'notificationclick')) {
    return [
      {
        tone: 'bad',
        code: 'no-click-listener',
        cause: 'It does not listen for notificationclick, so a click only closes the notification.',
        cure: "Add self.addEventListener('notificationclick', …) that calls clients.openWindow(…).",
      },
    ];
  }
  const failed = run.errors.find(({ phase }) => phase === 'click');
  const errors: WorkerFinding[] =
    failed === undefined
      ? []
      : [
          {
            tone: 'bad',
            code: 'click-handler-throws',
            cause: `A click fails: ${errorWords(failed)}`,
            cure: 'Fix that line. Between push and click browsers end the worker: its variables are gone, so keep what a click needs in the data of the notification.',
          },
        ];
  const clicks = run.clicks.filter(({ notification }) => notification === 0);
  const leads = clicks.flatMap((click) => judgeClick(click, message, scriptUrl, failed !== undefined));
  const stays = clicks.length > 0 && clicks.every(({ closes }) => !closes);
  return [
    ...errors,
    ...leads,
    ...(stays
      ? [
          {
            tone: 'note' as const,
            code: 'stays-after-click',
            cause: 'A click does not close the notification: on Android it stays in the list.',
            cure: 'Call event.notification.close() first.',
          },
        ]
      : []),
  ];
}

function judgeClick(
  click: WorkerClick,
  message: Message,
  scriptUrl: string,
  hasFailed: boolean,
): WorkerFinding[] {
  const who = click.action === '' ? 'A click' : `The button “${click.label || click.action}”`;
  const wanted = wantedOf(click, message, scriptUrl);
  const [first] = click.closed.slice(-1);
  if (first === undefined) {
    if (wanted === null || hasFailed) return [];
    return [
      {
        tone: 'bad',
        code: 'click-leads-nowhere',
        cause: `${who} opens nothing, and should open ${wanted}.`,
        cure: 'Call event.waitUntil(clients.openWindow(…)) with the link that the message carries.',
      },
    ];
  }
  if (wanted === null) return [];
  if (!isSame(first.url, wanted)) {
    return [
      {
        tone: 'warn',
        code: 'click-leads-elsewhere',
        cause: `${who} opens ${first.url}, and the message leads to ${wanted}.`,
        cure: 'Pass the link on in the data of the notification, and open it in notificationclick.',
      },
    ];
  }
  const [last] = click.open.slice(-1);
  return isOnlyFocus(click.open) && last !== undefined && !isSame(last.url, wanted)
    ? [
        {
          tone: 'warn',
          code: 'click-only-focuses',
          cause: `While your site is open, ${who.toLowerCase()} brings ${last.url} to the front and does not go to ${wanted}.`,
          cure: 'Focus a window only if it shows that address, or call navigate on it first.',
        },
      ]
    : [];
}

/** Where the message says that a click leads, as an absolute address; `null`: it does not say. */
function wantedOf({ action, label }: WorkerClick, message: Message, scriptUrl: string): string | null {
  const button =
    action === ''
      ? undefined
      : (message.actions.find((_one, index) => actionNameOf(index) === action) ??
        message.actions.find(({ title }) => title === label));
  const link = button === undefined || button.url === '' ? message.url : button.url;
  return link !== '' && URL.canParse(link, scriptUrl) ? new URL(link, scriptUrl).href : null;
}

const isOnlyFocus = (leads: readonly WorkerLead[]) =>
  leads.length > 0 && leads.every(({ how }) => how === 'focus');

const isSame = (one: string, other: string) =>
  one === other || (URL.canParse(one) && new URL(one).href === other);
