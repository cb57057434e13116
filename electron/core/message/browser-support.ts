/** The parts of a message that not every browser shows. */
export type OptionalPart =
  | 'icon'
  | 'badge'
  | 'image'
  | 'actions'
  | 'tag'
  | 'renotify'
  | 'requireInteraction'
  | 'silent'
  | 'vibrate'
  | 'timestamp'
  | 'dir'
  | 'lang'
  | 'data'
  | 'appBadge';

/** A browser on one system: the same browser shows different things on different ones. */
export type SystemId =
  | 'chrome-windows'
  | 'chrome-macos'
  | 'chrome-android'
  | 'firefox'
  | 'safari-macos'
  | 'safari-ios';

type BrowserName = 'Chrome' | 'Firefox' | 'Safari';

export interface BrowserSystem {
  name: string;
  browser: BrowserName;
  /** What must be so before this browser shows anything at all. */
  needs?: string;
}

export const SYSTEMS: Readonly<Record<SystemId, BrowserSystem>> = {
  'chrome-windows': { name: 'Chrome on Windows', browser: 'Chrome' },
  'chrome-macos': { name: 'Chrome on macOS', browser: 'Chrome' },
  'chrome-android': { name: 'Chrome on Android', browser: 'Chrome' },
  firefox: { name: 'Firefox', browser: 'Firefox' },
  'safari-macos': { name: 'Safari on macOS', browser: 'Safari' },
  'safari-ios': {
    name: 'Safari on iOS',
    browser: 'Safari',
    needs: 'Only from a web app that was added to the Home Screen, on iOS 16.4 or later.',
  },
};
export const SYSTEM_IDS = Object.keys(SYSTEMS) as SystemId[];

/** `true`: shown; `false`: ignored; `{since}`: from that version of the browser on; `{only}`: under a condition, as words after "only". */
export type Support = boolean | { since: number | string } | { only: string };

export interface SupportRow {
  /** What the part is called, in a sentence. */
  words: string;
  support: Readonly<Record<SystemId, Support>>;
  /** Where it is written. */
  source: string;
  /** When that was last compared with this row. */
  checked: string;
}

const COMPAT = 'https://developer.mozilla.org/en-US/docs/Web/API';
/** The day of the compatibility data that MDN's pages show. */
const COMPAT_CHECKED = '2026-11-12';

/** In the order of `SYSTEM_IDS`: Chrome on Windows, macOS and Android, Firefox, Safari on macOS and iOS. */
type InOrder = readonly [Support, Support, Support, Support, Support, Support];

function row(words: string, inOrder: InOrder, source: string, checked = COMPAT_CHECKED): SupportRow {
  const entries = SYSTEM_IDS.map((id, at) => [id, inOrder[at] ?? false] as const);
  return { words, support: Object.fromEntries(entries) as Record<SystemId, Support>, source, checked };
}

const INSTALLED = { only: 'for an installed web app' };

/**
 * What each system shows of a notification, and where that is written. Title, body and the link work everywhere. Previews, hints beside
 * fields and warnings all read this table.
 */
export const NOTIFICATION_SUPPORT: Readonly<Record<OptionalPart, SupportRow>> = {
  icon: row('the icon', [true, true, true, true, false, false], `${COMPAT}/Notification/icon`),
  // Only Android has a place for it, the status bar.
  badge: row(
    'the badge',
    [false, false, true, false, false, false],
    'https://web.dev/articles/push-notifications-display-a-notification',
    '2026-11-29',
  ),
  // Since Chrome 59, macOS draws Chrome's notifications, and it has no such picture.
  image: row(
    'the image',
    [true, false, true, false, false, false],
    'https://developer.chrome.com/blog/native-mac-os-notifications',
    '2026-11-29',
  ),
  actions: row(
    'the buttons',
    [true, true, true, { since: 152 }, false, false],
    `${COMPAT}/Notification/actions`,
  ),
  tag: row('the tag', [true, true, true, true, false, false], `${COMPAT}/Notification/tag`),
  renotify: row('alerting again', [true, true, true, false, false, false], `${COMPAT}/Notification/renotify`),
  requireInteraction: row(
    'staying on screen',
    [true, true, true, { only: 'on Windows' }, false, false],
    `${COMPAT}/Notification/requireInteraction`,
  ),
  silent: row(
    'silence',
    [true, true, true, { since: 132 }, { since: '16.6' }, false],
    `${COMPAT}/Notification/silent`,
  ),
  vibrate: row(
    'vibration',
    [false, false, { only: 'on Android 7 and earlier' }, false, false, false],
    `${COMPAT}/ServiceWorkerRegistration/showNotification`,
  ),
  timestamp: row('the time', [true, true, true, false, false, false], `${COMPAT}/Notification/timestamp`),
  dir: row('the text direction', [true, true, true, true, true, true], `${COMPAT}/Notification/dir`),
  lang: row('the language', [true, true, true, true, true, false], `${COMPAT}/Notification/lang`),
  data: row('the data', [true, true, true, true, true, true], `${COMPAT}/Notification/data`),
  appBadge: row(
    'the app badge',
    [INSTALLED, INSTALLED, false, false, INSTALLED, INSTALLED],
    `${COMPAT}/Navigator/setAppBadge`,
  ),
};

/** How many buttons each system draws at most (`Notification.maxActions`); the rest are dropped. */
export const MAX_BUTTONS = 2;

/** Parts that a person sees; the others change how it behaves. */
const SEEN: ReadonlySet<OptionalPart> = new Set([
  'icon',
  'badge',
  'image',
  'actions',
  'timestamp',
  'appBadge',
]);

/** One sentence on which browsers do not show or obey a part, for a hint beside its field; `null` when all do. */
export function supportHint(part: OptionalPart): string | null {
  const { support } = NOTIFICATION_SUPPORT[part];
  const isSeen = SEEN.has(part);
  const showing = SYSTEM_IDS.filter((id) => support[id] !== false);
  const [only] = showing;
  if (only !== undefined && showing.length === 1)
    return `${isSeen ? 'Shown' : 'Works'} only in ${SYSTEMS[only].name}.`;
  const browsers = new Set(SYSTEM_IDS.map((id) => SYSTEMS[id].browser));
  const names = [...browsers].flatMap((browser) => {
    const systems = SYSTEM_IDS.filter((id) => SYSTEMS[id].browser === browser);
    const ignoring = systems.filter((id) => support[id] === false);
    if (ignoring.length === systems.length) return [browser];
    return systems.flatMap((id) => {
      const here = support[id];
      if (here === false) return [SYSTEMS[id].name];
      return typeof here === 'object' && 'since' in here ? [`${SYSTEMS[id].name} before ${here.since}`] : [];
    });
  });
  return names.length === 0 ? null : `${isSeen ? 'Not shown in' : 'Ignored by'} ${listOf(names)}.`;
}

/** "a, b and c". */
export function listOf(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
