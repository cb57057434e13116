import { problem } from './problems.ts';
import type { Problem } from '../shared/problem.ts';

/** What keeps push from working here at all; `undefined`: nothing does. */
export function missing(): Problem | undefined {
  if (!isSecureContext) return problem('insecure-address', location.origin);
  const { userAgent, maxTouchPoints } = navigator;
  const hasPush = 'PushManager' in window;
  const isIos = /iP(hone|ad)/.test(userAgent) || (/Mac/.test(userAgent) && maxTouchPoints > 1);
  if (isIos && !hasPush && !matchMedia('(display-mode:standalone)').matches) {
    return problem('needs-home-screen');
  }
  return hasPush && 'serviceWorker' in navigator && 'Notification' in window
    ? undefined
    : problem('unsupported');
}
