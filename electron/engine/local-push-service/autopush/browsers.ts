import { randomBytes } from 'node:crypto';
import type { Clock } from '../../base/clock.ts';
import { parseApplicationServerKey } from '../checks/application-server-key.ts';
import type { Subscriber } from '../subscriber.ts';
import type { NotificationFrame } from './frames.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';

export type BrowserEvent =
  | { readonly kind: 'hello'; readonly uaid: string; readonly returning: boolean }
  | { readonly kind: 'registered'; readonly endpoint: string; readonly applicationServerKey: string | null }
  | { readonly kind: 'unregistered'; readonly endpoint: string }
  /** Code 100: delivered; 101: could not be decrypted; 102: not delivered for another reason. */
  | {
      readonly kind: 'acknowledged';
      readonly endpoint: string;
      readonly version: string;
      readonly code: number;
    }
  | { readonly kind: 'disconnected'; readonly uaid: string };

/** A connected browser, after its hello. */
export interface BrowserSession {
  readonly uaid: string;
  /** A new subscription; the same endpoint for the same channel and key; `null` for an invalid key, or if there are too many. */
  register(channelId: string, key: string | null): { readonly endpoint: string } | null;
  /** False for an unknown channel. */
  unregister(channelId: string): boolean;
  acknowledge(channelId: string, version: string, code: number): void;
  /** Starts the flow of messages, beginning with those that have been waiting. */
  open(send: (frame: NotificationFrame) => void): void;
  /** The connection is gone. */
  end(): void;
}

export interface Browsers {
  /** A browser says who it is; an unknown one gets a new name. `null` if there are too many. */
  hello(uaid: string | undefined): BrowserSession | null;
  find(token: string): Subscriber | null;
  /** Acts as after a loss of data: forgets every browser and all subscriptions. */
  forgetAll(): void;
}

export interface BrowsersOptions {
  readonly clock: Clock;
  readonly endpointOf: (token: string) => string;
  readonly onEvent: (event: BrowserEvent) => void;
}

interface Channel extends Subscriber {
  active: boolean;
}

interface Browser {
  readonly uaid: string;
  readonly channels: Map<string, Channel>;
  readonly mailbox: Mailbox;
  /** The session that is connected now: an older one that ends late must not disconnect it. */
  session: BrowserSession | null;
}

/** Anyone who reaches the port could ask for any number; a test or a person needs only a few. */
const MAX_BROWSERS = 1_000;
const MAX_CHANNELS = 10_000;

/** Remembers browsers and their subscriptions as long as the service lives. */
export function createBrowsers({ clock, endpointOf, onEvent }: BrowsersOptions): Browsers {
  const browsers = new Map<string, Browser>();
  /** Unsubscribed ones stay: the service must answer 410 for them, not 404. */
  const channels = new Map<string, Channel>();

  function addBrowser(): Browser {
    const uaid = randomBytes(16).toString('hex');
    const browser: Browser = { uaid, channels: new Map(), mailbox: createMailbox(clock), session: null };
    browsers.set(uaid, browser);
    return browser;
  }

  function subscribe(browser: Browser, channelId: string, applicationServerKey: string | null): Channel {
    const channel: Channel = {
      token: randomBytes(24).toString('base64url'),
      dialect: 'mozilla',
      applicationServerKey,
      active: true,
      take: (message) => browser.mailbox.put(channelId, message),
    };
    browser.channels.set(channelId, channel);
    channels.set(channel.token, channel);
    onEvent({ kind: 'registered', endpoint: endpointOf(channel.token), applicationServerKey });
    return channel;
  }

  function unsubscribe(browser: Browser, channelId: string): boolean {
    const channel = browser.channels.get(channelId);
    if (channel === undefined) return false;
    channel.active = false;
    browser.channels.delete(channelId);
    browser.mailbox.dropChannel(channelId);
    onEvent({ kind: 'unregistered', endpoint: endpointOf(channel.token) });
    return true;
  }

  function createSession(browser: Browser): BrowserSession {
    const session: BrowserSession = {
      uaid: browser.uaid,
      register(channelId, key) {
        const parsed = key === null ? null : parseApplicationServerKey(key);
        if (key !== null && parsed === null) return null;
        const applicationServerKey = parsed?.text ?? null;
        const known = browser.channels.get(channelId);
        if (known?.applicationServerKey === applicationServerKey)
          return { endpoint: endpointOf(known.token) };
        if (channels.size >= MAX_CHANNELS) return null;
        if (known !== undefined) unsubscribe(browser, channelId);
        return { endpoint: endpointOf(subscribe(browser, channelId, applicationServerKey).token) };
      },
      unregister: (channelId) => unsubscribe(browser, channelId),
      acknowledge(channelId, version, code) {
        browser.mailbox.acknowledge(version);
        const channel = browser.channels.get(channelId);
        if (channel === undefined) return;
        onEvent({ kind: 'acknowledged', endpoint: endpointOf(channel.token), version, code });
      },
      open(send) {
        browser.session = session;
        browser.mailbox.connect(send);
      },
      end() {
        if (browser.session !== session) return;
        browser.session = null;
        browser.mailbox.disconnect();
        onEvent({ kind: 'disconnected', uaid: browser.uaid });
      },
    };
    return session;
  }

  return {
    hello(uaid) {
      const known = uaid === undefined ? undefined : browsers.get(uaid);
      if (known === undefined && browsers.size >= MAX_BROWSERS) return null;
      const browser = known ?? addBrowser();
      return createSession(browser);
    },
    find: (token) => channels.get(token) ?? null,
    forgetAll() {
      for (const browser of browsers.values()) {
        for (const channel of browser.channels.values()) channel.active = false;
      }
      browsers.clear();
    },
  };
}
