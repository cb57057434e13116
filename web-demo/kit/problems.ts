import type { Problem as Told } from '../shared/problem.ts';
import { isTextName, type TextName } from './texts.ts';

/** What the page finds out itself: cause and cure, for the developer. `$` is what is known about it. */
const PROBLEMS = {
  unsupported: ['No push.', 'Use a current browser.'],
  'insecure-address': ['$ is not secure.', 'Use https.'],
  'needs-home-screen': ['iOS needs the Home Screen.', 'Set display: standalone.'],
  'in-frame': ['Frames block notifications.', 'Use a tab.'],
  denied: ['Notifications are blocked.', 'The visitor can allow them.'],
  dismissed: ['No answer.', 'Press again.'],
  'needs-gesture': ['subscribe() needs a click.', 'Call it before any await.'],
  'worker-not-found': ['No file at $.', 'Upload it, or set worker.'],
  'worker-wrong-type': ['$ is not JavaScript.', 'Serve it as text/javascript.'],
  'worker-wrong-scope': ['Its scope may not be $.', 'Set scope.'],
  'worker-other-site': ['$ is elsewhere.', 'Copy it here.'],
  'worker-blocked': ['The worker failed: $.', 'Check console, cookies, worker-src, trusted-types pushdesk.'],
  'worker-missing': ['No worker at $.', 'Register it, or set scope.'],
} satisfies Record<string, readonly [string, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** A problem that somebody has to solve, on its way to the code that shows it. @param detail what is known about it, for the developer */
export function problem(code: ProblemCode, detail: unknown = ''): Told {
  const [cause, cure] = PROBLEMS[code];
  return { code, cause: cause.replace('$', () => String(detail).slice(0, 300)), cure };
}

/** The visitor's text for a problem of any code. */
export const textNameOf = (code: string): TextName =>
  isTextName(code)
    ? code
    : /unreachable/.test(code)
      ? 'network'
      : /press|dismissed|gesture/.test(code)
        ? 'again'
        : 'unavailable';
