import type { Problem } from '../shared/problem.ts';

/** What the page finds around it. */
export interface Surroundings {
  /** Where the page is: `location.origin`. */
  origin: string;
  isSecureContext: boolean;
  hasServiceWorker: boolean;
  hasPush: boolean;
  hasNotifications: boolean;
  /** iPhone or iPad, also one that calls itself a Mac. */
  isIos: boolean;
  /** Started from the Home Screen. */
  isStandalone: boolean;
}

/** What is missing for push here, or `null` when all is there. The first cause is told, since it explains the rest. */
export function missingSupport(around: Surroundings): Problem | null {
  if (!around.isSecureContext) {
    return {
      code: 'insecure-address',
      cause: `Browsers allow push only at a secure address, and ${around.origin} is not one.`,
      cure: 'On the machine that runs Pushdesk, open this page at http://localhost with the same port. From another device, it needs an address that starts with https.',
    };
  }
  if (around.isIos && !around.isStandalone && !around.hasPush) {
    return {
      code: 'needs-home-screen',
      cause: 'On iPhone and iPad, push works only for pages on the Home Screen.',
      cure: 'Press Share, then Add to Home Screen, and open the page from there. This needs iOS 16.4 or later.',
    };
  }
  const missing = [
    around.hasServiceWorker ? null : 'service workers',
    around.hasPush ? null : 'push',
    around.hasNotifications ? null : 'notifications',
  ].filter((name) => name !== null);
  if (missing.length === 0) return null;
  return {
    code: 'not-supported',
    cause: `This browser does not offer ${missing.join(' and ')} here.`,
    cure: 'If this is a private window, leave it. Otherwise use a current Firefox, Chrome, Edge or Safari.',
  };
}

/** Reads the surroundings from a window. */
export function surroundingsOf(window: Window & typeof globalThis): Surroundings {
  const { navigator } = window;
  const touchMac = /Mac/.test(navigator.userAgent) && navigator.maxTouchPoints > 1;
  return {
    origin: window.location.origin,
    isSecureContext: window.isSecureContext,
    hasServiceWorker: 'serviceWorker' in navigator,
    hasPush: 'PushManager' in window,
    hasNotifications: 'Notification' in window,
    isIos: /iPhone|iPad|iPod/.test(navigator.userAgent) || touchMac,
    isStandalone: window.matchMedia('(display-mode: standalone)').matches,
  };
}
