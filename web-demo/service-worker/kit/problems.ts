import type { Problem } from '../../shared/problem.ts';

/** What only the worker finds out: cause and cure, for the developer. `$` is what is known about it. */
const PROBLEMS = {
  denied: ['Notifications are blocked for this site.', 'Only the visitor can allow them again.'],
  'press-subscribe': [
    'The key has changed, and this browser subscribes again only after a press.',
    'Let the visitor press the button.',
  ],
  'engine-unreachable': [
    'Pushdesk did not answer at $.',
    'Check the address, that the server is on, and connect-src in the Content-Security-Policy of this site. The kit reports it on a later visit.',
  ],
  'site-not-allowed': [
    'Pushdesk accepts no calls from $.',
    'In Pushdesk, open Server and add this address to “Your sites”.',
  ],
  'odd-answer': [
    'Something other than Pushdesk answers at $.',
    'Set "engine" to the address that Pushdesk shows on Server.',
  ],
  'no-key-pair': ['Pushdesk has no key pair.', 'In Pushdesk, open Keys and press Generate keys.'],
  'no-key': ['There is no key to subscribe with.', 'Set "public-key", or "engine".'],
  'bad-key': ['The browser rejected the key.', 'Copy "public-key" from Pushdesk again.'],
  'push-service-unreachable': [
    'The browser could not reach its push service.',
    'Check the connection, a VPN or a firewall. In Brave, turn on “Use Google services for push messaging”.',
  ],
  'browser-refused': ['The browser refused: $.', 'Reload the page, or try another browser.'],
} as const;

/** A problem that somebody has to solve, on its way to the code that shows it. */
export class KitProblem extends Error {
  readonly code: keyof typeof PROBLEMS | 'engine-refused';
  readonly problem: Problem;

  /** @param detail what is known about it. @param told an engine's own words, in place of ours */
  constructor(code: keyof typeof PROBLEMS | 'engine-refused', detail = '', told?: Problem) {
    super(detail);
    this.code = code;
    const [cause, cure] = code === 'engine-refused' ? ['', ''] : PROBLEMS[code];
    this.problem = told ?? { code, cause: cause.replace('$', () => detail), cure };
  }
}

/** A browser's error by its name (Push API §7). */
export function problemOf(error: unknown, permission: NotificationPermission): KitProblem {
  if (error instanceof KitProblem) return error;
  const name = String((error as { name?: unknown } | null)?.name);
  if (name === 'NotAllowedError') {
    return new KitProblem(permission === 'granted' ? 'press-subscribe' : 'denied');
  }
  if (/Abort|Network|TimedOut/.test(name)) return new KitProblem('push-service-unreachable');
  if (/InvalidAccess|InvalidCharacter/.test(name)) return new KitProblem('bad-key');
  return new KitProblem('browser-refused', String(error).slice(0, 200));
}
