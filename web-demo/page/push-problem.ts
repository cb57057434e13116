import type { Problem } from '../shared/problem.ts';
import { TimedOut } from './with-timeout.ts';

/** What the page was doing when the browser refused. */
export type Task = 'looking' | 'subscribing' | 'cancelling';

export const DENIED: Problem = {
  code: 'denied',
  cause: 'Notifications are blocked for this page.',
  cure: 'Allow them in the site settings, beside the address, then press Subscribe. Some browsers never allow them in a private window.',
};

export const DISMISSED: Problem = {
  code: 'dismissed',
  cause: 'The browser’s prompt was closed without an answer.',
  cure: 'Press Subscribe again and choose Allow. If no prompt appears, look for a bell beside the address.',
};

export const NO_KEY_PAIR: Problem = {
  code: 'no-key-pair',
  cause: 'Pushdesk has no key pair yet, and a subscription needs one.',
  cure: 'In Pushdesk, open Keys and press Generate keys. Then come back and press Subscribe.',
};

export const KEY_PAIR_GONE: Problem = {
  code: 'key-pair-gone',
  cause: 'Pushdesk no longer has a key pair, so it can’t send to this browser.',
  cure: 'In Pushdesk, open Keys and press Generate keys. Then come back to this page: it will subscribe again.',
};

export const PRESS_SUBSCRIBE: Problem = {
  code: 'press-subscribe',
  cause: 'Pushdesk now uses a different key pair, and this browser only subscribes again when you ask it to.',
  cure: 'Press Subscribe.',
};

const TIMED_OUT: Problem = {
  code: 'timed-out',
  cause: 'The browser did not respond in time. It probably can’t reach its push service.',
  cure: 'Check the internet connection, a VPN or a firewall, then try again.',
};

const PUSH_SERVICE_UNREACHABLE: Problem = {
  code: 'push-service-unreachable',
  cause: 'The browser could not reach its push service.',
  cure: 'Check the internet connection, a VPN or a firewall, then try again. In Brave, turn on “Use Google services for push messaging” under Privacy first.',
};

const OTHER_KEY: Problem = {
  code: 'other-key',
  cause: 'This browser is still subscribed with a different key.',
  cure: 'Press Cancel subscription, then Subscribe.',
};

const BAD_KEY: Problem = {
  code: 'bad-key',
  cause: 'The browser rejected the key from Pushdesk.',
  cure: 'In Pushdesk, open Keys and use a different key pair, then press Subscribe again.',
};

const WORKER_FAILED: Problem = {
  code: 'worker-failed',
  cause: 'The service worker of this page could not start, and push needs it.',
  cure: 'Allow this site to store data (cookies), leave private browsing if you are using it, and reload.',
};

/**
 * A browser's error in plain words, by its name (Push API §7, Service Workers §3).
 *
 * @param error anything that was thrown
 */
export function pushProblem(error: unknown, task: Task): Problem {
  if (error instanceof TimedOut) return TIMED_OUT;
  const name = error instanceof Error || error instanceof DOMException ? error.name : 'Error';
  if (task === 'looking') return WORKER_FAILED;
  switch (name) {
    case 'NotAllowedError':
      return DENIED;
    case 'AbortError':
    case 'NetworkError':
      return PUSH_SERVICE_UNREACHABLE;
    case 'InvalidStateError':
      return OTHER_KEY;
    case 'InvalidAccessError':
    case 'InvalidCharacterError':
      return BAD_KEY;
    default:
      return {
        code: 'browser-refused',
        cause: `The browser could not ${task === 'cancelling' ? 'cancel' : 'subscribe'} (${name}).`,
        cure: 'Reload the page and try again. If it keeps happening, try another browser.',
      };
  }
}
