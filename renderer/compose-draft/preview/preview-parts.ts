import {
  listOf,
  MAX_BUTTONS,
  NOTIFICATION_SUPPORT,
  SYSTEMS,
  type OptionalPart,
  type SystemId,
} from '../../../electron/core/message/browser-support.ts';
import type { MessageFields } from '../composition.ts';

/** The fields of a message by the part that they fill, where the two have different names. */
const FIELD_OF_PART: Partial<Record<OptionalPart, string>> = {
  icon: 'iconUrl',
  badge: 'badgeUrl',
  image: 'imageUrl',
};

/** What a field holds when it asks for nothing. */
const isUnused = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === false ||
  value === 'auto' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'string' && value.trim() === '');

/** The buttons with a text; one without does not count. */
export const buttonsOf = (fields: MessageFields) => fields.actions.filter(({ title }) => title.trim() !== '');

/** Which optional parts the message makes use of. */
function usedParts(fields: MessageFields): OptionalPart[] {
  const values: Readonly<Record<string, unknown>> = { ...fields };
  return (Object.keys(NOTIFICATION_SUPPORT) as OptionalPart[]).filter((part) =>
    part === 'actions' ? buttonsOf(fields).length > 0 : !isUnused(values[FIELD_OF_PART[part] ?? part]),
  );
}

export interface PreviewParts {
  /** Optional parts that are used and shown on this system. */
  shown: ReadonlySet<OptionalPart>;
  /** One sentence each on what this system drops, or shows only under a condition. */
  remarks: string[];
}

/** How one system treats the message. */
export function previewPartsOf(fields: MessageFields, system: SystemId): PreviewParts {
  const { name, needs } = SYSTEMS[system];
  const used = usedParts(fields);
  const here = (part: OptionalPart) => NOTIFICATION_SUPPORT[part].support[system];
  const dropped = used.filter((part) => here(part) === false).map((part) => NOTIFICATION_SUPPORT[part].words);
  const limited = used.flatMap((part) => {
    const support = here(part);
    if (typeof support === 'boolean') return [];
    const { words } = NOTIFICATION_SUPPORT[part];
    return [
      'since' in support
        ? `Shows ${words} from version ${support.since} on.`
        : `Takes ${words} only ${support.only}.`,
    ];
  });
  const tooMany = buttonsOf(fields).slice(MAX_BUTTONS);
  return {
    shown: new Set(used.filter((part) => here(part) !== false)),
    remarks: [
      ...(needs === undefined ? [] : [needs]),
      ...(dropped.length > 0 ? [`${name} drops ${listOf(dropped)}.`] : []),
      ...(tooMany.length > 0 && here('actions') !== false
        ? [
            `Shows the first ${MAX_BUTTONS} buttons and drops ${listOf(tooMany.map(({ title }) => `“${title.trim()}”`))}.`,
          ]
        : []),
      ...limited,
    ],
  };
}

/** The address of a picture, with a path taken from the subscribe page's site; `null` when there is none. */
export function pictureAddress(link: string, site: string | null): string | null {
  const text = link.trim();
  if (/^https?:\/\//i.test(text)) return URL.canParse(text) ? text : null;
  return text.startsWith('/') && site !== null && URL.canParse(text, site) ? new URL(text, site).href : null;
}

/**
 * The site that people will see on the notification: of the person's own sites the one that the link leads to, or the first; otherwise the
 * address of the subscribe page. `null`: not known.
 */
export function siteNameOf(link: string, sites: readonly string[], page: string | null): string | null {
  const known = [...sites, page].flatMap((address) =>
    address !== null && URL.canParse(address) ? [new URL(address)] : [],
  );
  const leadsTo = URL.canParse(link.trim()) ? new URL(link.trim()).host : null;
  return (known.find(({ host }) => host === leadsTo) ?? known[0])?.host ?? null;
}
