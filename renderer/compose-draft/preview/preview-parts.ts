import {
  BROWSER_NAMES,
  BROWSER_SUPPORT,
  type BrowserId,
  type OptionalPart,
  type Support,
} from '../../../electron/core/message/browser-support.ts';
import type { MessageFields } from '../composition.ts';

const PART_NAMES: Record<OptionalPart, string> = {
  icon: 'the icon',
  badge: 'the badge',
  image: 'the image',
  tag: 'the tag',
  actions: 'the buttons',
  requireInteraction: 'staying on screen',
};

/** Which optional parts the message makes use of. */
function usedParts(fields: MessageFields): OptionalPart[] {
  const used: Record<OptionalPart, boolean> = {
    icon: fields.iconUrl !== '',
    badge: fields.badgeUrl !== '',
    image: fields.imageUrl !== '',
    tag: fields.tag !== '',
    actions: fields.actions.some(({ title }) => title.trim() !== ''),
    requireInteraction: fields.requireInteraction,
  };
  return (Object.keys(used) as OptionalPart[]).filter((part) => used[part]);
}

const isShown = (support: Support) => support !== false;

export interface PreviewParts {
  /** Optional parts that are used and shown by this browser. */
  shown: ReadonlySet<OptionalPart>;
  /** One sentence each on what this browser leaves out, or shows only from a version on. */
  remarks: string[];
}

/** How one browser treats the message. */
export function previewPartsOf(fields: MessageFields, browser: BrowserId): PreviewParts {
  const used = usedParts(fields);
  const support = BROWSER_SUPPORT[browser];
  const ignored = used.filter((part) => support[part] === false).map((part) => PART_NAMES[part]);
  const limited = used.flatMap((part) => {
    const since = support[part];
    return typeof since === 'object' ? [`Shows ${PART_NAMES[part]} from version ${since.since} on.`] : [];
  });
  return {
    shown: new Set(used.filter((part) => isShown(support[part]))),
    remarks: [
      ...(ignored.length > 0 ? [`${BROWSER_NAMES[browser]} leaves out ${listOf(ignored)}.`] : []),
      ...limited,
    ],
  };
}

function listOf(words: readonly string[]): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}

/** The address of a picture, with a path taken from the subscribe page's site; `null` when there is none. */
export function pictureAddress(link: string, site: string | null): string | null {
  const text = link.trim();
  if (/^https?:\/\//i.test(text)) return URL.canParse(text) ? text : null;
  return text.startsWith('/') && site !== null && URL.canParse(text, site) ? new URL(text, site).href : null;
}
