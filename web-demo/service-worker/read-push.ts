import type { Fields } from './fields.ts';
import {
  asDirection,
  asFields,
  asInstant,
  asPicture,
  asText,
  asTrue,
  asVibration,
  asWebAddress,
} from './fields.ts';

/** Options of `showNotification` that the DOM library does not know yet. */
export interface ShownOptions extends NotificationOptions {
  actions?: { action: string; title: string; icon?: string }[];
  image?: string;
  renotify?: boolean;
  timestamp?: number;
  vibrate?: number[];
  data: ClickData;
}

/** What a click needs to know, kept with the notification. */
export interface ClickData {
  id: string | null;
  /** Where a click leads. */
  url: string;
  /** Where a press on an action button leads, where that is another place. */
  actionUrls: Record<string, string>;
}

export interface ReadPush {
  title: string;
  options: ShownOptions;
}

export interface Site {
  /** Absolute address that relative ones are resolved against: the scope of the worker. */
  scope: string;
  /** How many buttons the browser shows (`Notification.maxActions`). */
  maxActions: number;
}

const ICON = '/icon-192.png';
const BADGE = '/badge-96.png';

/** What is shown when a message does not say. */
export const DEFAULT_TITLE = 'New notification';
export const UNREADABLE_BODY = 'This message could not be read.';
export const EMPTY_BODY = 'This message came without text.';

/**
 * Turns what a push brought into a notification. There is one for every input: browsers demand that each push shows
 * something, and some take the permission away when it does not.
 *
 * Understands the payload of this app (`pushPayloadSchema`), the same fields inside `notification` or `data` as other
 * senders have them, and declarative messages (`web_push: 8030`, `navigate`).
 *
 * @param text the decrypted message, or `null` when there was none
 */
export function readPush(text: string | null, site: Site): ReadPush {
  const trimmed = text?.trim() ?? '';
  if (trimmed === '') return notification({}, site);
  let value: unknown;
  try {
    value = JSON.parse(trimmed);
  } catch {
    return notification({ body: /^[[{]/.test(trimmed) ? UNREADABLE_BODY : trimmed }, site);
  }
  if (typeof value === 'object' && value !== null) {
    const fields = asFields(value);
    return notification(fields === undefined ? { body: UNREADABLE_BODY } : flat(fields), site);
  }
  return notification({ body: typeof value === 'string' ? value : trimmed }, site);
}

/** The fields of the notification itself, whichever object they stand in. */
function flat(message: Fields): Fields {
  const inner = asFields(message['notification']);
  const data = asFields(inner?.['data']) ?? asFields(message['data']);
  return { url: data?.['url'], ...message, ...inner };
}

function notification(fields: Fields, { scope, maxActions }: Site): ReadPush {
  const id = asText(fields['id']);
  // A message that comes twice has the same id, and so takes the place of itself.
  const tag = asText(fields['tag']) ?? id;
  const silent = asTrue(fields['silent']);
  const { actions, actionUrls } = readActions(fields['actions'], scope, maxActions);
  const options: ShownOptions = {
    icon: asPicture(fields['icon'], scope) ?? new URL(ICON, scope).href,
    badge: asPicture(fields['badge'], scope) ?? new URL(BADGE, scope).href,
    data: {
      id: id ?? null,
      url: asWebAddress(fields['url'], scope) ?? asWebAddress(fields['navigate'], scope) ?? scope,
      actionUrls,
    },
  };
  const title = asText(fields['title']);
  assign(options, 'body', asText(fields['body']) ?? (title === undefined ? EMPTY_BODY : undefined));
  assign(options, 'image', asPicture(fields['image'], scope));
  assign(options, 'tag', tag);
  assign(options, 'requireInteraction', asTrue(fields['requireInteraction']));
  assign(options, 'silent', silent);
  assign(options, 'dir', asDirection(fields['dir']));
  assign(options, 'lang', asText(fields['lang']));
  assign(options, 'timestamp', asInstant(fields['timestamp']));
  if (actions.length > 0) options.actions = actions;
  // Browsers throw on `renotify` without a tag, and on `vibrate` beside `silent`.
  if (tag !== undefined) assign(options, 'renotify', asTrue(fields['renotify']));
  if (silent === undefined) assign(options, 'vibrate', asVibration(fields['vibrate']));
  return { title: title ?? DEFAULT_TITLE, options };
}

function readActions(value: unknown, scope: string, maxActions: number) {
  const actions: { action: string; title: string; icon?: string }[] = [];
  const actionUrls: Record<string, string> = {};
  for (const item of Array.isArray(value) ? value : []) {
    const fields = asFields(item);
    const title = asText(fields?.['title']);
    if (fields === undefined || title === undefined || actions.length >= maxActions) continue;
    const action = asText(fields['action']) ?? `action-${actions.length + 1}`;
    if (actions.some((other) => other.action === action)) continue;
    const icon = asPicture(fields['icon'], scope);
    actions.push(icon === undefined ? { action, title } : { action, title, icon });
    const url = asWebAddress(fields['url'], scope) ?? asWebAddress(fields['navigate'], scope);
    if (url !== undefined) actionUrls[action] = url;
  }
  return { actions, actionUrls };
}

function assign<Name extends keyof ShownOptions>(
  options: ShownOptions,
  name: Name,
  value: ShownOptions[Name] | undefined,
): void {
  if (value !== undefined) options[name] = value;
}
