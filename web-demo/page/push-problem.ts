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
  cause: 'The browser’s question was closed without an answer.',
  cure: 'Press Subscribe again and choose Allow. If no question appears, look for a bell beside the address.',
};

export const NO_KEY_PAIR: Problem = {
  code: 'no-key-pair',
  cause: 'Pushdesk has no key pair yet, and a subscription is made with one.',
  cure: 'In Pushdesk, open Keys and press Generate keys. Then come back and press Subscribe.',
};

export const KEY_PAIR_GONE: Problem = {
  code: 'key-pair-gone',
  cause: 'Pushdesk has no key pair any more, so it cannot send to this browser.',
  cure: 'In Pushdesk, open Keys and press Generate keys. Then come back: this page subscribes anew.',
};

export const PRESS_SUBSCRIBE: Problem = {
  code: 'press-subscribe',
  cause: 'Pushdesk uses another key pair now, and this browser subscribes anew only when you ask for it.',
  cure: 'Press Subscribe.',
};

const TIMED_OUT: Problem = {
  code: 'timed-out',
  cause: 'The browser did not answer in time. Most likely it cannot reach its push service.',
  cure: 'Check the internet connection, a VPN or a firewall, then try again.',
};

const PUSH_SERVICE_UNREACHABLE: Problem = {
  code: 'push-service-unreachable',
  cause: 'The browser could not reach its push service.',
  cure: 'Check the internet connection, a VPN or a firewall, then try again. In Brave, turn on “Use Google services for push messaging” under Privacy first.',
};

const OTHER_KEY: Problem = {
  code: 'other-key',
  cause: 'This browser is still subscribed with another key.',
  cure: 'Press Cancel subscription, then Subscribe.',
};

const BAD_KEY: Problem = {
  code: 'bad-key',
  cause: 'The browser does not take the key that Pushdesk gave.',
  cure: 'In Pushdesk, open Keys, use another key pair or generate one, and press Subscribe again.',
};

const WORKER_FAILED: Problem = {
  code: 'worker-failed',
  cause: 'The service worker of this page could not start, and push needs it.',
  cure: 'Allow this page to keep data (cookies), leave the private window if this is one, and reload.',
};

/**
 * An error of the browser in plain words, by its name (Push API §7, Service Workers §3).
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
        cure: 'Reload the page and try again. If it stays, try another browser.',
      };
  }
}
