import { isObject } from '../shared/is-object.ts';
import type { ReportPhone } from '../../electron/contract/http.ts';
import { surroundingsOf } from '../page/support.ts';
import { scheduleWithTimer } from '../page/with-timeout.ts';
import { findingsOf, ownIn } from './findings.ts';
import type { Around } from './findings.ts';
import { createReporter } from './reporter.ts';

const PATIENCE_MS = 8_000;
const status = document.querySelector<HTMLElement>('#status');
const json = document.querySelector<HTMLTextAreaElement>('#subscription-json');

/** The token of the link; empty: somebody opened the page by another link. */
const token = /^#phone=([\w-]{22})$/.exec(location.hash)?.[1] ?? '';
const visit = [...crypto.getRandomValues(new Uint8Array(8))]
  .map((byte) => byte.toString(16).padStart(2, '0'))
  .join('');

async function workerState(): Promise<Around['worker']> {
  if (!('serviceWorker' in navigator)) return 'none';
  const registration = await navigator.serviceWorker.getRegistration().catch(() => undefined);
  if (registration === undefined) return 'none';
  return registration.active === null ? 'starting' : 'active';
}

async function read(): Promise<ReportPhone> {
  const worker = await workerState();
  const subscription = ownIn(json?.value ?? '');
  const findings = findingsOf({
    ...surroundingsOf(window),
    userAgent: navigator.userAgent,
    isBrave: 'brave' in navigator,
    permission: 'Notification' in window ? Notification.permission : null,
    worker,
    isVisible: document.visibilityState === 'visible',
    problem: status?.dataset['problem'] ?? '',
  });
  return { token, visit, findings, ...(subscription === undefined ? {} : { subscription }) };
}

async function send(report: ReportPhone): Promise<boolean> {
  const response = await fetch('api/phone', {
    method: 'POST',
    // Outlives the page: that it goes out of view is reported too.
    keepalive: true,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(report),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const answer: unknown = await response.json();
  if (!response.ok || !isObject(answer) || !('watching' in answer)) {
    throw new Error('The app could not be told.');
  }
  return answer['watching'] === true;
}

function watch(look: () => void): void {
  if (status !== null) {
    new MutationObserver(look).observe(status, { attributes: true, childList: true, subtree: true });
  }
  document.addEventListener('visibilitychange', look);
  const { permissions, serviceWorker } = navigator as Partial<Navigator>;
  serviceWorker?.addEventListener('controllerchange', look);
  void serviceWorker?.ready.then(look);
  void permissions?.query({ name: 'notifications' }).then(
    (permission) => {
      permission.addEventListener('change', look);
    },
    () => undefined,
  );
  look();
}

if (token !== '') {
  const isIos = surroundingsOf(window).isIos;
  // The Home Screen of iOS starts a browser of its own, which knows nothing of this one: the link has to be brought along.
  if (isIos) {
    document.querySelector('link[rel=manifest]')?.setAttribute('href', 'home-screen.webmanifest');
  }
  const { look } = createReporter({
    read,
    send,
    schedule: scheduleWithTimer,
    onEnd() {
      history.replaceState(null, '', location.pathname + location.search);
    },
  });
  watch(look);
}
