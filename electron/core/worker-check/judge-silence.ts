import type { WorkerFinding, WorkerRun } from '../../contract/worker-check.ts';
import { errorWords, fieldWords } from './error-words.ts';

const CONSEQUENCE: WorkerFinding = {
  tone: 'note',
  code: 'silent-push',
  cause:
    'Each push must show a notification. After one that does not, Chrome shows one of its own (“This site has been updated in the background”), and Firefox and Safari end the subscription after a few.',
  cure: 'Call showNotification for every push, with a plain text if need be.',
};

/** Why a worker that listens for pushes shows nothing for this one. */
export function judgeSilence(run: WorkerRun): WorkerFinding[] {
  return [{ tone: 'bad', ...reasonOf(run) }, CONSEQUENCE];
}

function reasonOf(run: WorkerRun): Omit<WorkerFinding, 'tone'> {
  const refused = run.requests.find(({ phase, given }) => phase === 'push' && !given);
  if (refused !== undefined) {
    return {
      code: 'waits-for-request',
      cause: `It first requests ${refused.url}, which the check refuses, and shows nothing without an answer.`,
      cure: 'Add the answer below, or show a notification when the request fails: phones are often offline.',
    };
  }
  const error = run.errors.find(({ phase }) => phase === 'push');
  if (error !== undefined) return judgeThrown(run, error);
  if (run.wait === 'pending') {
    return {
      code: 'waits-forever',
      cause: 'It waits for something that never happens. Browsers end it after about 30 seconds.',
      cure: 'Check what waitUntil is given: a promise that is never resolved.',
    };
  }
  if (run.reads.length === 0) {
    return {
      code: 'message-not-read',
      cause: 'It gets the push, but neither reads the message nor calls showNotification.',
      cure: 'Call event.waitUntil(self.registration.showNotification(…)) with what event.data.json() returns.',
    };
  }
  if (run.absent.length > 0) return otherShape(run, 'It shows nothing.');
  return {
    code: 'shows-nothing',
    cause: 'It reads the message and does not call showNotification.',
    cure: 'Look for a condition in its push listener that this message does not meet.',
  };
}

function judgeThrown(run: WorkerRun, error: WorkerRun['errors'][number]): Omit<WorkerFinding, 'tone'> {
  if (error.message.startsWith('SyntaxError') && run.reads.length > 0) {
    const isTwice = run.reads.includes('json');
    return {
      code: 'data-not-readable',
      cause: `It cannot read the message: ${errorWords(error)}`,
      cure: isTwice
        ? 'event.data.json() already gives an object: do not call JSON.parse on it.'
        : 'The message is JSON: read it with event.data.json().',
    };
  }
  if (error.message.startsWith('TypeError') && run.absent.length > 0) {
    return otherShape(run, `It fails: ${errorWords(error)}`);
  }
  return {
    code: 'push-handler-throws',
    cause: `Its push listener fails: ${errorWords(error)}`,
    cure: 'Fix that line.',
  };
}

/** It expects the message in another shape. */
function otherShape(run: WorkerRun, what: string): Omit<WorkerFinding, 'tone'> {
  return {
    code: 'other-payload-format',
    cause: `${what} It asks for ${fieldWords(run.absent)}, which this message does not have.`,
    cure: 'Choose the payload format that your worker expects, or change which fields it reads.',
  };
}
