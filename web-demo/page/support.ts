import type { Problem } from '../shared/problem.ts';

/** What the page finds around it. */
export interface Surroundings {
  /** Where the page is: `location.origin`. */
  origin: string;
  isSecureContext: boolean;
  hasServiceWorker: boolean;
  hasPush: boolean;
  hasNotifications: boolean;
  /** iPhone or iPad, including one that calls itself a Mac. */
  isIos: boolean;
  /** Started from the Home Screen. */
  isStandalone: boolean;
  /** Shown by another app, such as Instagram. */
  isInApp: boolean;
}

/** How apps that show pages themselves identify themselves: Facebook and Instagram, others by name, and what Android adds for all. */
const IN_APP =
  /FB(AN|AV)|Instagram|WhatsApp|Snapchat|Pinterest|LinkedIn|musical_ly|BytedanceWebview|Telegram|Twitter|MicroMessenger|Line\/|GSA\/|; wv\)/;

/** Whether an app shows the page in a view of its own, which has no push. */
export const isInApp = (userAgent: string) => IN_APP.test(userAgent);

/** What is missing for push here, or `null` when all is there. The first cause is given, since it explains the rest. */
export function missingSupport(around: Surroundings): Problem | null {
  if (!around.isSecureContext) {
    return {
      code: 'insecure-address',
      cause: `Browsers allow push only at a secure address, and ${around.origin} is not one.`,
      cure: 'On the machine that runs Pushdesk, open this page at http://localhost with the same port. From another device, it needs an address that starts with https.',
    };
  }
  if (around.isInApp && !around.hasPush) {
    return {
      code: 'in-app-browser',
      cause: 'Another app is showing this page, and push does not work inside it.',
      cure: `Open the menu of that app (•••) and choose to open the page in ${around.isIos ? 'Safari' : 'your browser'}.`,
    };
  }
  if (around.isIos && !around.isStandalone && !around.hasPush) {
    return {
      code: 'needs-home-screen',
      cause: 'On iPhone and iPad, push works only for pages on the Home Screen.',
      cure: 'Add this page to the Home Screen. It needs iOS 16.4 or later.',
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
    isInApp: isInApp(navigator.userAgent),
    isStandalone: window.matchMedia('(display-mode: standalone)').matches,
  };
}
