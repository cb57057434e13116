import {
  messageFieldNames,
  MESSAGE_FIELDS,
  type Message,
  type MessageField,
} from '../../contract/message.ts';
import type { ShownNotification, WorkerFinding, WorkerRun } from '../../contract/worker-check.ts';
import { listOf } from '../message/browser-support.ts';
import { errorWords, fieldWords } from './error-words.ts';
import type { WorkerCase } from './judge-worker.ts';

/** Parts of a message that do not reach a person through options of the notification: the check of clicks covers them. */
const NOT_OPTIONS = ['title', 'url', 'appBadge'];
/** JSON values that have no effect. */
const UNUSED: readonly (string | undefined)[] = [
  undefined,
  '""',
  'null',
  'false',
  '[]',
  '"auto"',
  '"undefined"',
];
/** What a missing text turns into. */
const NOTHING = /^(?:undefined|null|NaN|\[object \w+\]|)$/;

const bad = (code: string, cause: string, cure: string): WorkerFinding => ({
  tone: 'bad',
  code,
  cause,
  cure,
});
const warn = (code: string, cause: string, cure: string): WorkerFinding => ({
  tone: 'warn',
  code,
  cause,
  cure,
});

/** Whether what the worker shows is the message, and whether browsers will let it. */
export function judgeShown(run: WorkerRun, given: WorkerCase): WorkerFinding[] {
  const [first] = run.notifications;
  if (first === undefined) return [];
  return [
    ...judgeLife(run),
    ...judgeTitle(first, run, given.message),
    ...judgeParts(first, given.message),
    ...judgeBadge(run, given.message),
    ...judgeRequests(run),
    ...run.errors
      .filter(({ phase }) => phase === 'push')
      .map((error) =>
        warn('push-handler-throws', `Its push listener also fails: ${errorWords(error)}`, 'Fix that line.'),
      ),
    ...(run.notifications.length > 1
      ? [
          warn(
            'shows-several',
            `It shows ${run.notifications.length} notifications for one push.`,
            'Call showNotification once, or give them one tag so that the last one replaces the others.',
          ),
        ]
      : []),
  ];
}

function judgeLife(run: WorkerRun): WorkerFinding[] {
  if (run.notifications.some(({ isAlive }) => !isAlive)) {
    return [
      bad(
        'shown-after-end',
        'It calls showNotification after the push event has ended, so it often does not appear.',
        'Pass the promise of the whole work to event.waitUntil(…), right in the listener.',
      ),
    ];
  }
  if (run.isLateWait) {
    return [
      bad(
        'wait-too-late',
        'It calls event.waitUntil after the event has ended, which throws in browsers.',
        'Call event.waitUntil in the listener itself, before any await.',
      ),
    ];
  }
  if (run.wait === 'none') {
    return [
      warn(
        'no-wait-until',
        'Its push listener does not call event.waitUntil, so browsers may end the worker before the notification is there.',
        'Write event.waitUntil(self.registration.showNotification(…)).',
      ),
    ];
  }
  if (run.wait === 'pending') {
    return [
      warn(
        'waits-forever',
        'After it has shown the notification it waits for something that never happens. Browsers end it after about 30 seconds.',
        'Check what waitUntil is given: a promise that is never resolved.',
      ),
    ];
  }
  return [];
}

function judgeTitle(shown: ShownNotification, run: WorkerRun, message: Message): WorkerFinding[] {
  const asks =
    run.absent.length > 0 ? ` It asks for ${fieldWords(run.absent)}, which this message does not have.` : '';
  if (NOTHING.test(shown.title.trim())) {
    return [
      bad(
        'other-payload-format',
        `The title would be “${shown.title}”.${asks}`,
        'Choose the payload format that your worker expects, or change which fields it reads.',
      ),
    ];
  }
  if (run.reads.length === 0) {
    return [
      bad(
        'message-not-read',
        'It never reads the message, so everyone sees the same text.',
        'Read it with event.data.json().',
      ),
    ];
  }
  const wanted = message.title.trim();
  if (wanted !== '' && shown.title !== wanted) {
    return [
      warn(
        'other-title',
        `It shows “${shown.title.slice(0, 100)}” as the title, not the message’s.${asks}`,
        'If this is not intended, choose the payload format that your worker expects.',
      ),
    ];
  }
  return [];
}

/** Parts of the message that the worker does not pass on. */
function judgeParts(shown: ShownNotification, message: Message): WorkerFinding[] {
  const passed = new Map(shown.options.map(({ name, value }) => [name, value]));
  const isPassed = (name: string) => !UNUSED.includes(passed.get(name));
  const wanted = messageFieldNames.flatMap((name): string[] => {
    const { shownAs } = MESSAGE_FIELDS[name] as MessageField;
    const value: unknown = message[name];
    const isUsed = !UNUSED.includes(JSON.stringify(value));
    return shownAs === undefined || NOT_OPTIONS.includes(shownAs) || !isUsed ? [] : [shownAs];
  });
  const lost = [...wanted, ...(message.actions.length > 0 ? ['actions'] : [])].filter(
    (name) => !isPassed(name),
  );
  if (lost.length === 0) return [];
  const words = lost.map((name) => (name === 'actions' ? 'the buttons' : name));
  return [
    warn(
      'drops-parts',
      `It does not pass on ${listOf(words)}, so nobody sees ${lost.length === 1 ? 'it' : 'them'}.`,
      `Add ${listOf(lost)} to the options of showNotification, or leave ${lost.length === 1 ? 'it' : 'them'} out of the message.`,
    ),
  ];
}

function judgeBadge({ badges }: WorkerRun, { appBadge }: Message): WorkerFinding[] {
  return appBadge === null || badges.length > 0
    ? []
    : [
        warn(
          'drops-app-badge',
          'It does not set the app badge.',
          'Call navigator.setAppBadge in its push listener.',
        ),
      ];
}

function judgeRequests(run: WorkerRun): WorkerFinding[] {
  const urls = [
    ...new Set(run.requests.flatMap(({ phase, given, url }) => (phase === 'push' && !given ? [url] : []))),
  ];
  return urls.length === 0
    ? []
    : [
        {
          tone: 'note',
          code: 'asks-on-push',
          cause: `On each push it also requests ${listOf(urls.slice(0, 4))}. The check refused ${urls.length === 1 ? 'it' : 'them'}.`,
          cure: 'Every browser does so at the same moment, and your server has to cope with that.',
        },
      ];
}
