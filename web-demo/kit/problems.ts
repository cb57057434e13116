import type { Problem as Told } from '../shared/problem.ts';
import type { TextName } from './texts.ts';

/** What the page finds out itself: cause and cure, for the developer. `$` is what is known of it. */
const PROBLEMS = {
  unsupported: ['There is no push here.', 'Use a current browser, not a private window.'],
  'insecure-address': ['$ is not secure.', 'Serve the page over https.'],
  'needs-home-screen': ['iOS has push only on the Home Screen.', 'Link a manifest with display: standalone.'],
  'in-frame': ['Notifications are blocked in this frame.', 'Leave the frame.'],
  denied: ['The visitor blocked notifications.', 'Only they can allow them.'],
  dismissed: ['The visitor did not answer.', 'Let them press again.'],
  'needs-gesture': ['subscribe() was not called in a click.', 'Call it there, before any await.'],
  'worker-not-found': ['There is no file at $.', 'Upload pushdesk-worker.js, or set worker.'],
  'worker-wrong-type': ['$ is not JavaScript.', 'Serve pushdesk-worker.js as text/javascript.'],
  'worker-wrong-scope': ['The file may not have the scope $.', 'Set scope to its folder.'],
  'worker-other-site': ['$ is on another site.', 'Copy it to this one.'],
  'worker-blocked': [
    'The worker does not run: $.',
    'Check the console, cookies, and your policy: worker-src, trusted-types pushdesk.',
  ],
  'worker-missing': ['No worker is active at $.', 'Register yours, or set scope.'],
} satisfies Record<string, readonly [string, string]>;

export type ProblemCode = keyof typeof PROBLEMS;

/** A state that needs somebody, on its way to whoever shows it. @param detail what is known of it, for the developer */
export function problem(code: ProblemCode, detail: unknown = ''): Told {
  const [cause, cure] = PROBLEMS[code];
  return { code, cause: cause.replace('$', () => String(detail).slice(0, 300)), cure };
}

/** The visitor's text for a problem of any code. */
export const textNameOf = (code: string): TextName =>
  /^(denied|unsupported|needs-home-screen|in-frame)$/.test(code)
    ? (code as TextName)
    : /unreachable/.test(code)
      ? 'network'
      : /press|dismissed|gesture/.test(code)
        ? 'again'
        : 'unavailable';
