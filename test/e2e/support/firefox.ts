import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { expect } from 'vitest';
import { z } from 'zod';
import { findBrowserProgram, START_PATIENCE_MS } from './browser-program.ts';
import { closeBrowser } from './close-browser.ts';

/** A notification as Firefox shows it in a window of its own. */
export interface Alert {
  readonly title: string;
  readonly body: string;
  readonly iconUrl: string;
}

/** A real Firefox with a profile of its own, that talks to a push service on this machine. */
export interface Firefox {
  newPage(): Promise<Page>;
  /** The addresses of all tabs, oldest first. */
  tabs(): Promise<string[]>;
  /** The notifications that are on the screen. */
  alerts(): Promise<Alert[]>;
  /** Waits for a notification with that title. */
  whenAlert(title: string): Promise<Alert>;
  /**
   * Clicks on a notification as a person does, or on its button with those words, which lets its worker open and focus windows. Firefox's
   * own windows have no room for buttons: it is told of the press as it would be by a desktop that has.
   */
  clickAlert(title: string, button?: string): Promise<void>;
  /** Closes a notification with its cross. */
  closeAlert(title: string): Promise<void>;
  /** What the person has said about notifications from a site; `default`: nothing, and Firefox asks. */
  setPermission(origin: string, answer: 'default' | 'granted' | 'denied'): Promise<void>;
  close(): Promise<void>;
}

/** The part of puppeteer's Firefox that its types do not show: WebDriver BiDi as it goes over the line. */
interface BidiBrowser extends Browser {
  readonly connection: {
    send(method: string, parameters: Record<string, unknown>): Promise<{ result: unknown }>;
  };
}

const treeSchema = z.object({ contexts: z.array(z.object({ context: z.string() })).min(1) });
const evaluationSchema = z.object({
  type: z.literal('success'),
  result: z.object({ type: z.literal('string'), value: z.string() }),
});
const alertsSchema = z.array(z.object({ title: z.string(), body: z.string(), iconUrl: z.string() }));

/** Runs in Firefox's own window: the alerts that were not clicked yet, newest last. */
const OPEN_ALERTS = `[...Services.wm.getEnumerator('alert:alert')]
  .filter((alert) => alert.document.getElementById('alertBox')?.getAttribute('clicked') !== 'true')`;
const textOf = (id: string) =>
  `(alert.document.getElementById('${id}')?.value || alert.document.getElementById('${id}')?.textContent || '')`;

/**
 * Runs in Firefox's own window: keeps what is shown together with its listener, as the desktop would. All else is passed on to Firefox's
 * own.
 */
const WATCH_ALERTS = `(() => {
  const contract = '@mozilla.org/alerts-service;1';
  const own = Cc[contract].getService(Ci.nsIAlertsService);
  const watched = (window.watchedAlerts = []);
  const service = {
    QueryInterface: ChromeUtils.generateQI(['nsIAlertsService', 'nsIAlertsDoNotDisturb']),
    manualDoNotDisturb: false,
    suppressForScreenSharing: false,
    showAlert(alert, listener) {
      watched.push({ alert, listener });
      own.showAlert(alert, listener);
    },
    closeAlert: (...given) => own.closeAlert(...given),
    teardown: () => own.teardown(),
  };
  Components.manager
    .QueryInterface(Ci.nsIComponentRegistrar)
    .registerFactory(Services.uuid.generateUUID(), 'Alerts that are watched', contract, {
      createInstance: (iid) => service.QueryInterface(iid),
    });
  return true;
})()`;

/** Runs there too: presses a button of the newest alert of that title. Returns the words of all its buttons. */
const pressButton = (title: string, button: string) => `(() => {
  const { alert, listener } = window.watchedAlerts.findLast(({ alert: { title } }) => title === ${JSON.stringify(title)});
  const action = alert.actions.find(({ title }) => title === ${JSON.stringify(button)});
  if (action !== undefined) listener.observe(action, 'alertclickcallback', alert.cookie);
  return alert.actions.map(({ title }) => title);
})()`;

/** `autopushUrl` is `PushService.autopush.url`. Await `whenHello()` before a page subscribes. */
export async function launchFirefox({ autopushUrl }: { autopushUrl: string }): Promise<Firefox> {
  const browser = (await puppeteer.launch({
    browser: 'firefox',
    executablePath: findBrowserProgram('firefox'),
    headless: true,
    timeout: START_PATIENCE_MS,
    // Lets the test into Firefox's own windows, where notifications are.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'dom.push.serverURL': autopushUrl,
      'dom.push.testing.allowInsecureServerURL': true,
      // Remote control turns push off.
      'dom.push.connection.enabled': true,
      'dom.push.retryBaseInterval': 200,
      // No retry of a connection waits longer than this, and no request waits longer for its answer: the defaults are half an hour and ten
      // seconds.
      'dom.push.pingInterval': 2000,
      'dom.push.requestTimeout': 3000,
      'dom.push.maxQuotaPerSubscription': 1000,
      'permissions.default.desktop-notification': 1,
      // There may be no notification daemon.
      'alerts.useSystemBackend': false,
      // Nothing leaves the machine.
      'network.dns.forceResolve': '127.0.0.1',
      'services.settings.server': 'data:,#remote-settings-dummy/v1',
    },
    env: { ...process.env, MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' },
  })) as BidiBrowser;

  async function inFirefox(expression: string): Promise<unknown> {
    const tree = await browser.connection.send('browsingContext.getTree', { 'moz:scope': 'chrome' });
    const [window] = treeSchema.parse(tree.result).contexts;
    const evaluation = await browser.connection.send('script.evaluate', {
      expression: `JSON.stringify(${expression})`,
      target: { context: window?.context },
      awaitPromise: false,
    });
    return JSON.parse(evaluationSchema.parse(evaluation.result).result.value);
  }

  await inFirefox(WATCH_ALERTS);

  const alerts = async () =>
    alertsSchema.parse(
      await inFirefox(`${OPEN_ALERTS}.map((alert) => ({
        title: ${textOf('alertTitleLabel')},
        body: ${textOf('alertTextLabel')},
        iconUrl: alert.document.getElementById('alertImage')?.getAttribute('src') || '',
      }))`),
    );

  async function whenAlert(title: string): Promise<Alert> {
    let found: Alert | undefined;
    await expect
      .poll(
        async () => {
          const open = await alerts();
          found = open.find((alert) => alert.title === title);
          return open.map((alert) => alert.title);
        },
        { message: 'titles of the notifications that Firefox shows' },
      )
      .toContain(title);
    if (found === undefined) throw new Error(`The notification “${title}” is gone again.`);
    return found;
  }

  async function act(title: string, method: 'onAlertClick' | 'onAlertClose'): Promise<void> {
    await whenAlert(title);
    await inFirefox(`${OPEN_ALERTS}
      .filter((alert) => ${textOf('alertTitleLabel')} === ${JSON.stringify(title)})
      .map((alert) => (alert.${method}(), true))`);
  }

  return {
    newPage: () => browser.newPage(),
    tabs: async () => (await browser.pages()).map((page) => page.url()),
    alerts,
    whenAlert,
    async clickAlert(title, button) {
      if (button === undefined) return act(title, 'onAlertClick');
      await whenAlert(title);
      expect(await inFirefox(pressButton(title, button)), `buttons of “${title}”`).toContain(button);
    },
    closeAlert: (title) => act(title, 'onAlertClose'),
    async setPermission(origin, answer) {
      const value = { default: 'PROMPT_ACTION', granted: 'ALLOW_ACTION', denied: 'DENY_ACTION' }[answer];
      await inFirefox(`(Services.perms.addFromPrincipal(
        Services.scriptSecurityManager.createContentPrincipalFromOrigin(${JSON.stringify(origin)}),
        'desktop-notification', Services.perms.${value}), true)`);
    },
    close: () => closeBrowser(browser),
  };
}
