import type { WorkerFinding, WorkerRun } from '../../contract/worker-check.ts';
import { errorWords } from './error-words.ts';

/** Pages have these, but service workers do not. */
const ONLY_IN_PAGES = [
  'window',
  'document',
  'localStorage',
  'sessionStorage',
  'alert',
  'XMLHttpRequest',
  'Image',
];
/** Service workers have these, but the check does not. */
const ONLY_IN_BROWSERS = [
  'Intl',
  'WebAssembly',
  'OffscreenCanvas',
  'ReadableStream',
  'FormData',
  'EventSource',
];

/** Whether the worker starts at all and listens for pushes. */
export function judgeStart(run: WorkerRun): WorkerFinding[] {
  const stopped = judgeStop(run);
  if (stopped !== null) return [stopped];
  const missing = run.requests.filter(
    ({ via, given }) => (via === 'importScripts' || via === 'import') && !given,
  );
  if (missing.length > 0) {
    return [...new Set(missing.map(({ url }) => url))].map((url) => ({
      tone: 'bad',
      code: 'worker-file-missing',
      cause: `It loads ${url}, and the check makes no requests, so the worker stopped there.`,
      cure: 'Load or open that file below, and it is checked again.',
    }));
  }
  const error = run.errors.find(({ phase }) => phase === 'start');
  if (error !== undefined) return [judgeStartError(error)];
  const push = run.listeners.find(({ event }) => event === 'push');
  if (push === undefined) {
    return [
      {
        tone: 'bad',
        code: 'no-push-listener',
        cause: 'It does not listen for push, so nothing appears.',
        cure: "Add self.addEventListener('push', …) at the top level, or check that this is the file that your site registers.",
      },
    ];
  }
  const findings: WorkerFinding[] = [];
  if (push.late) {
    findings.push({
      tone: 'bad',
      code: 'push-listener-late',
      cause: 'It starts to listen for push only after it has started, so browsers miss pushes.',
      cure: 'Call addEventListener at the top level of the file, not in a callback or after await.',
    });
  }
  const install = run.errors.find(({ phase }) => phase === 'install' || phase === 'activate');
  if (install !== undefined) {
    const asks = run.requests.some(
      ({ phase, given }) => (phase === 'install' || phase === 'activate') && !given,
    );
    findings.push({
      tone: asks ? 'note' : 'warn',
      code: 'install-fails',
      cause: `Its ${install.phase} step fails: ${errorWords(install)}`,
      cure: asks
        ? 'It requests files there, which the check refuses. If your site has them, all is well.'
        : 'A worker that fails to install never gets a push: fix this step.',
    });
  }
  return findings;
}

function judgeStartError(error: WorkerRun['errors'][number]): WorkerFinding {
  const [, name = ''] = /^ReferenceError: '?([\w$]+)'? is not defined/.exec(error.message) ?? [];
  if (ONLY_IN_BROWSERS.includes(name)) {
    return {
      tone: 'bad',
      code: 'check-lacks',
      cause: `It uses ${name} when it starts, which browsers have and this check does not.`,
      cure: 'This worker cannot be checked here. Try it in a browser.',
    };
  }
  if (ONLY_IN_PAGES.includes(name)) {
    return {
      tone: 'bad',
      code: 'worker-does-not-start',
      cause: `It stops when it starts: ${errorWords(error)} Service workers have no ${name}.`,
      cure: `Use self instead of ${name}, or move that code to the page.`,
    };
  }
  return {
    tone: 'bad',
    code: error.message.startsWith('SyntaxError') ? 'worker-syntax-error' : 'worker-does-not-start',
    cause: `It stops when it starts: ${errorWords(error)}`,
    cure: 'Fix that line. Browsers do not install a worker that fails to start, and keep the old one.',
  };
}

function judgeStop({ stopped }: WorkerRun): WorkerFinding | null {
  const bad = (code: string, cause: string, cure: string): WorkerFinding => ({
    tone: 'bad',
    code,
    cause,
    cure,
  });
  switch (stopped) {
    case null:
      return null;
    case 'time':
      return bad(
        'worker-too-slow',
        'It was still running after 4 seconds and was stopped.',
        'Look for a loop that does not end. Browsers end such a worker too, and nothing appears.',
      );
    case 'memory':
      return bad(
        'worker-memory',
        'It used over 96 MB and was stopped.',
        'Look for data that it keeps collecting.',
      );
    case 'output':
      return bad(
        'worker-output',
        'It printed or requested too much, so it was stopped.',
        'Look for a loop around console, fetch or showNotification.',
      );
    case 'crash':
      return bad(
        'worker-crash',
        'The check failed on this worker, so there is no result.',
        'Look for endless recursion. If there is none, try it in a browser.',
      );
  }
}
