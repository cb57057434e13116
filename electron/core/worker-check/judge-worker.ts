import type { Message } from '../../contract/message.ts';
import type { WorkerFinding, WorkerRun } from '../../contract/worker-check.ts';
import { judgeClicks } from './judge-clicks.ts';
import { judgeShown } from './judge-shown.ts';
import { judgeStart } from './judge-start.ts';
import { judgeSilence } from './judge-silence.ts';

/** What a worker was run with. */
export interface WorkerCase {
  message: Message;
  payload: string;
  scriptUrl: string;
}

const ORDER = ['bad', 'warn', 'note'] as const;

/** What to know about how a worker handles a message, worst first. */
export function judgeWorker(run: WorkerRun, given: WorkerCase): WorkerFinding[] {
  const start = judgeStart(run);
  const listens = run.listeners.some(({ event }) => event === 'push');
  const isRunning = listens && !start.some(({ tone }) => tone === 'bad');
  const findings = [
    ...start,
    ...(isRunning ? (run.notifications.length === 0 ? judgeSilence(run) : judgeShown(run, given)) : []),
    ...(run.notifications.length > 0 ? judgeClicks(run, given) : []),
    ...judgeAround(run),
    ...judgeDeclarative(given.payload),
  ];
  return findings.sort((one, other) => ORDER.indexOf(one.tone) - ORDER.indexOf(other.tone));
}

/** Findings about things that neither show nor hide a notification. */
function judgeAround(run: WorkerRun): WorkerFinding[] {
  const findings: WorkerFinding[] = [];
  if (run.refusedLeads.length > 0) {
    findings.push({
      tone: 'warn',
      code: 'opens-without-click',
      cause: 'It opens a window although nobody has clicked. Browsers refuse that.',
      cure: 'Call clients.openWindow only in notificationclick, before anything slow.',
    });
  }
  for (const name of run.lacking) {
    findings.push({
      tone: 'note',
      code: 'check-lacks',
      cause: `It uses ${name}, which browsers have and this check does not.`,
      cure: 'Try that part in a browser.',
    });
  }
  return findings;
}

/** A declarative message needs no worker in browsers that support it (W3C Push API, declarative push messages). */
function judgeDeclarative(payload: string): WorkerFinding[] {
  if (!/"web_push":\s*8030/.test(payload)) return [];
  return [
    {
      tone: 'note',
      code: 'shown-without-worker',
      cause: 'Safari 18.4 and later show this message by itself, without the worker.',
      cure: 'This check says what browsers without declarative push show.',
    },
  ];
}
