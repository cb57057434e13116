import type { OwnSubscription, PhoneFindings } from '../../electron/contract/http.ts';
import type { Surroundings } from '../page/support.ts';

/** What can be read from a page at a given moment. */
export interface Around extends Surroundings {
  readonly userAgent: string;
  /** Only Brave says who it is, and nowhere in its user agent. */
  readonly isBrave: boolean;
  readonly permission: NotificationPermission | null;
  readonly worker: PhoneFindings['worker'];
  readonly isVisible: boolean;
  /** The code that the page shows; empty: none. */
  readonly problem: string;
}

/** The first that fits. */
const BROWSERS: readonly [RegExp, PhoneFindings['browser']][] = [
  [/Edg(A|iOS)?\//, 'edge'],
  [/OPR\/|OPT\/|OPX\//, 'opera'],
  [/SamsungBrowser/, 'samsung'],
  [/Firefox|FxiOS/, 'firefox'],
  [/Chrome|CriOS/, 'chrome'],
  [/Safari/, 'safari'],
];
const SYSTEMS: readonly [RegExp, PhoneFindings['system']][] = [
  [/Android/, 'android'],
  [/Windows/, 'windows'],
  [/Mac OS/, 'macos'],
];

const firstOf = <Value>(list: readonly [RegExp, Value][], text: string) =>
  list.find(([pattern]) => pattern.test(text))?.[1];

/** What the app is told. */
export function findingsOf(around: Around): PhoneFindings {
  const { userAgent, isIos, problem } = around;
  return {
    system: isIos ? 'ios' : (firstOf(SYSTEMS, userAgent) ?? 'other'),
    browser: around.isBrave ? 'brave' : (firstOf(BROWSERS, userAgent) ?? 'other'),
    isInApp: around.isInApp,
    isSecure: around.isSecureContext,
    isStandalone: around.isStandalone,
    hasServiceWorker: around.hasServiceWorker,
    hasPush: around.hasPush,
    hasNotifications: around.hasNotifications,
    permission: around.permission,
    worker: around.worker,
    isVisible: around.isVisible,
    problem: /^[a-z-]{1,40}$/.test(problem) ? problem : null,
  };
}

/** @param json of the subscription as the page shows it; empty: there is none */
export function ownIn(json: string): OwnSubscription | undefined {
  try {
    const { endpoint, keys } = JSON.parse(json) as { endpoint?: unknown; keys?: { auth?: unknown } };
    return typeof endpoint === 'string' && typeof keys?.auth === 'string'
      ? { endpoint, auth: keys.auth }
      : undefined;
  } catch {
    return undefined;
  }
}
