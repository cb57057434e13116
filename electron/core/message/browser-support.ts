/** The parts of a message that not every browser shows. */
export type OptionalPart = 'icon' | 'badge' | 'image' | 'tag' | 'actions' | 'requireInteraction';

export type BrowserId = 'chrome' | 'edge' | 'firefox' | 'safari';

/** `true`: shown; `false`: ignored; `{since}`: shown from that version on. */
export type Support = boolean | { since: number };

/** Which parts of a notification each browser shows. Title, body and the URL work everywhere. */
export const BROWSER_SUPPORT: Record<BrowserId, Record<OptionalPart, Support>> = {
  chrome: { icon: true, badge: true, image: true, tag: true, actions: true, requireInteraction: true },
  edge: { icon: true, badge: true, image: true, tag: true, actions: true, requireInteraction: true },
  firefox: {
    icon: true,
    badge: false,
    image: false,
    tag: true,
    actions: { since: 152 },
    requireInteraction: true,
  },
  safari: { icon: false, badge: false, image: false, tag: false, actions: false, requireInteraction: false },
};

export const BROWSER_NAMES: Record<BrowserId, string> = {
  chrome: 'Chrome',
  edge: 'Edge',
  firefox: 'Firefox',
  safari: 'Safari',
};

/** One sentence on who does not show a part, for a hint beside its field; `null` when all show it. */
export function supportHint(part: OptionalPart): string | null {
  const browsers = Object.keys(BROWSER_SUPPORT) as BrowserId[];
  const ignoring = browsers.filter((browser) => BROWSER_SUPPORT[browser][part] === false);
  const limited = browsers.flatMap((browser) => {
    const support = BROWSER_SUPPORT[browser][part];
    return typeof support === 'object' ? [`${BROWSER_NAMES[browser]} before ${support.since}`] : [];
  });
  const names = [...limited, ...ignoring.map((browser) => BROWSER_NAMES[browser])];
  return names.length === 0 ? null : `Not shown in ${names.join(' and ')}.`;
}
