import type { PhoneFindings } from '../../../electron/contract/http.ts';
import type { PhoneVisit } from '../../../electron/contract/server.ts';
import { PHONE_BROWSER_NAMES, PHONE_SYSTEM_NAMES } from '../../words/phones.ts';

/** `todo`: the person at the phone has to press something; `later`: something before it is missing. */
export type PhoneCheckState = 'ok' | 'bad' | 'todo' | 'later';

/** One thing that push needs on a phone. */
export interface PhoneCheck {
  readonly id: 'browser' | 'secure' | 'home-screen' | 'support' | 'permission' | 'worker' | 'service' | 'row';
  readonly label: string;
  readonly state: PhoneCheckState;
  /** Why it is missing; empty where there is nothing to say. */
  readonly cause: string;
  readonly cure: string;
}

type Verdict = { state: 'ok' | 'bad' | 'todo'; cause?: string; cure?: string };

const OK: Verdict = { state: 'ok' };
const bad = (cause: string, cure: string): Verdict => ({ state: 'bad', cause, cure });
const todo = (cause: string, cure = ''): Verdict => ({ state: 'todo', cause, cure });

/**
 * What push needs on the phone, in the order in which it has to be obtained. Only the first that is missing is explained: it explains the
 * rest.
 */
export function phoneChecks({ findings, subscriptionId }: PhoneVisit): PhoneCheck[] {
  const isSubscribed = subscriptionId !== null;
  const steps: [PhoneCheck['id'], string, Verdict][] = [
    ['browser', 'Page opened', browser(findings)],
    ['secure', 'Secure address', secure(findings)],
    ...(findings.system === 'ios'
      ? [['home-screen', 'Home Screen', homeScreen(findings)] satisfies (typeof steps)[number]]
      : []),
    ['support', 'Browser has push', support(findings)],
    ['permission', 'Permission', permission(findings)],
    ['worker', 'Service worker', worker(findings)],
    ['service', 'Push service', isSubscribed ? OK : service(findings)],
    ['row', 'In your list', isSubscribed ? OK : todo('The page is reporting its subscription.')],
  ];
  const first = steps.findIndex(([, , { state }]) => state !== 'ok');
  return steps.map(([id, label, verdict], at) => {
    if (first !== -1 && at > first) return { id, label, state: 'later', cause: '', cure: '' };
    return { id, label, cause: '', cure: '', ...verdict };
  });
}

function browser({ isInApp, hasPush, system, browser: name }: PhoneFindings): Verdict {
  if (isInApp && !hasPush) {
    return bad(
      'Another app, such as Instagram, Facebook or WhatsApp, is showing the page. Push does not work inside it.',
      `Open that app’s menu (•••) and choose to open the page in ${system === 'ios' ? 'Safari' : 'a browser'}.`,
    );
  }
  return { state: 'ok', cause: `${PHONE_BROWSER_NAMES[name]} on ${PHONE_SYSTEM_NAMES[system]}` };
}

function secure({ isSecure }: PhoneFindings): Verdict {
  if (isSecure) return OK;
  return bad(
    'The address does not start with https, and browsers allow push only at secure addresses.',
    'Open the page at the https address.',
  );
}

function homeScreen({ hasPush, isStandalone }: PhoneFindings): Verdict {
  if (hasPush) return OK;
  return isStandalone
    ? bad('This version of iOS has no push for web apps.', 'Update it: push needs iOS 16.4 or later.')
    : bad(
        'On iPhone and iPad, push works only for pages on the Home Screen.',
        'Tap Share (on some iPhones first •••), then Add to Home Screen, and open Pushdesk from there.',
      );
}

function support({ hasServiceWorker, hasPush, hasNotifications, browser: name }: PhoneFindings): Verdict {
  const missing = [
    hasServiceWorker ? null : 'service workers',
    hasPush ? null : 'push',
    hasNotifications ? null : 'notifications',
  ].filter((what) => what !== null);
  if (missing.length === 0) return OK;
  const isPrivate =
    name === 'firefox' ? 'Firefox has none in private tabs.' : 'In private tabs there may be none.';
  return bad(
    `This browser does not offer ${missing.join(' and ')} here. ${isPrivate}`,
    'Leave the private tab if it is one. Otherwise use a current Chrome, Firefox, Edge or Samsung Internet.',
  );
}

function permission({ permission: answer, problem, system, browser: name }: PhoneFindings): Verdict {
  if (answer === 'granted') return OK;
  if (answer === 'denied') {
    return bad(
      `Notifications are blocked for this page.${name === 'firefox' ? '' : ' Private tabs always block them.'}`,
      system === 'ios'
        ? 'On the phone: Settings → Notifications → Pushdesk → Allow Notifications.'
        : 'On the phone, tap the symbol beside the address, then Permissions → Notifications → Allow. Leave private tabs.',
    );
  }
  if (problem === 'no-key-pair') {
    return bad('There is no key pair yet, so nobody can subscribe.', 'Open Keys and press Generate keys.');
  }
  return problem === 'dismissed'
    ? todo('The prompt was closed without an answer.', 'Press Subscribe on the phone again, then Allow.')
    : todo('The browser has not asked yet.', 'Press Subscribe on the phone, then Allow.');
}

function worker({ worker: state, problem }: PhoneFindings): Verdict {
  if (problem === 'worker-failed') {
    return bad(
      'The service worker could not start. Browsers refuse it where the certificate is not trusted, even after “proceed anyway”, and where the site may not store data.',
      'Use a certificate that the phone trusts. Allow the site to store data (cookies), and leave private tabs.',
    );
  }
  return state === 'active' ? OK : todo('It is being installed.');
}

const UNREACHABLE = ['push-service-unreachable', 'timed-out'];

function service({ problem, browser: name, system }: PhoneFindings): Verdict {
  if (problem === null) {
    return todo(
      'There is no subscription yet.',
      name === 'brave'
        ? 'In Brave, turn on Settings → Privacy → “Use Google services for push messaging” first. Then press Subscribe on the phone.'
        : 'Press Subscribe on the phone.',
    );
  }
  if (!UNREACHABLE.includes(problem)) {
    return bad('The page could not subscribe.', 'It shows the cause and what to do, on the phone.');
  }
  const cause = 'The browser could not reach its push service.';
  if (name === 'brave') {
    return bad(
      cause,
      'In Brave, turn on Settings → Privacy → “Use Google services for push messaging”, restart Brave, then press Subscribe again.',
    );
  }
  if (system === 'android') {
    return bad(
      cause,
      'Check the connection, a VPN and a blocker such as Private DNS. Browsers on Android need Google Play services for push, Firefox too.',
    );
  }
  return bad(cause, 'Check the connection, a VPN and a firewall, then press Subscribe again.');
}
