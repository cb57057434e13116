import { isObject } from '../shared/is-object.ts';
import type { Fields } from './fields.ts';
import {
  asTranslated,
  asWords,
  BADGE,
  BODY,
  containersOf,
  first,
  firstCalled,
  ICON,
  IMAGE,
  inLetters,
  linkIn,
  objectIn,
  own,
  TITLE,
} from './foreign-payload.ts';
import {
  asCount,
  asDirection,
  asFields,
  asInstant,
  asPicture,
  asText,
  asTrue,
  asVibration,
  asWebAddress,
  isMessageId,
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
  /** Where a press on an action button leads, if that is a different place. */
  actionUrls: Record<string, string>;
  /** Whether the sender wants to hear what becomes of it. */
  receipts?: true;
  /** What the sender passes to the site's own code. */
  data?: unknown;
  /** How the tab is found, by button (`default`: the notification itself), if the sender says so; in Angular's words. */
  ways?: Record<string, ClickWay>;
}

export const WAYS = ['openWindow', 'focusLastFocusedOrOpen', 'navigateLastFocusedOrOpen'] as const;
export type ClickWay = (typeof WAYS)[number];

export interface ReadPush {
  title: string;
  options: ShownOptions;
  /** The number on the app's icon; 0: none. Left out: unchanged. */
  appBadge?: number;
}

export interface Site {
  /** Absolute address that relative ones are resolved against: the scope of the worker. */
  scope: string;
  /** How many buttons the browser shows (`Notification.maxActions`). */
  maxActions: number;
  /** What is used where a message brings none of its own; addresses as above. */
  icon?: string;
  badge?: string;
}

const MAX_CLICKS = 10;

/** What is shown when a message does not say. */
export const DEFAULT_TITLE = 'New notification';
export const UNREADABLE_BODY = 'This message could not be read.';
export const EMPTY_BODY = 'This message came without text.';

/**
 * Turns what a push brought into a notification. There is one for every input: browsers demand that each push shows something, and some
 * withdraw the permission when one does not.
 *
 * Understands the payload of this app (`pushPayloadSchema`), declarative messages (`web_push: 8030`), and the shapes of other senders: the
 * fields inside `notification`, `message`, `options` or `data`, under the names that they have for them, as an object or as JSON within
 * JSON.
 *
 * @param text the decrypted message, or `null` when there was none
 */
export function readPush(text: string | null, site: Site): ReadPush {
  const trimmed = trim(text ?? '');
  if (trimmed === '') return notification([], site);
  const value = parse(trimmed);
  if (value === undefined) {
    return notification([{ body: /^[[{]/.test(trimmed) ? UNREADABLE_BODY : trimmed }], site);
  }
  if (!isObject(value)) {
    return notification([{ body: typeof value === 'string' ? trim(value) : trimmed }], site);
  }
  const message = objectIn(value);
  if (message === undefined) return notification([{ body: wordsOfList(value) }], site);
  const itself = containersOf(message, 'message itself');
  return notification(isOfThisApp(message) ? itself : containersOf(message), site, itself);
}

/**
 * Only this app names its messages so. In its formats everything that is shown is beside the title, and `data` is for the site's own code
 * alone; in a person's own format with `options`, it may hold anything.
 */
function isOfThisApp(message: Fields): boolean {
  if (!isMessageId(own(message, 'id')) || own(message, 'options') !== undefined) return false;
  return (
    own(message, 'title') !== undefined || objectIn(own(message, 'notification'))?.['title'] !== undefined
  );
}

/** Some senders fill a message up with zeros; browsers leave them in. */
function trim(text: string): string {
  return text.replace(/^[\s\0]+/, '').replace(/[\s\0]+$/, '');
}

/** JSON, also in a text within JSON; `undefined`: it is not JSON. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    const inner = typeof value === 'string' ? trim(value) : '';
    return /^[[{"]/.test(inner) ? (parse(inner) ?? value) : value;
  } catch {
    return undefined;
  }
}

function wordsOfList(value: object): string {
  const words = Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
  return asText(words.join(' ')) ?? UNREADABLE_BODY;
}

/** @param named where its id may be: an id in `data` may belong to anything */
function notification(
  containers: readonly Fields[],
  { scope, maxActions, icon, badge }: Site,
  named: readonly Fields[] = [],
): ReadPush {
  const find = <Value>(name: string, read: (value: unknown) => Value | undefined) =>
    first(containers, [name], read);
  const picture = (value: unknown) => asPicture(value, scope);
  const id = first(named, ['id'], asText);
  // A message that comes twice has the same id, and so replaces itself.
  const tag = find('tag', asText) ?? id;
  const silent = find('silent', asTrue);
  const { actions, actionUrls } = readActions(
    first(containers, ['actions', 'buttons', 'o'], asList),
    scope,
    maxActions,
  );
  const clicks = readClicks(clicksIn(containers) ?? clicksIn(dataIn(named)), scope);
  const naming = named.filter((container) => own(container, 'id') !== undefined).slice(0, 1);
  const asksReceipts = isMessageId(id) && first(naming, ['receipts'], asTrue) === true;
  const handedOn = isMessageId(id) ? dataOf(named) : undefined;
  const options: ShownOptions = {
    data: {
      id: id ?? null,
      url: clicks.urls['default'] ?? linkIn(containers, scope) ?? scope,
      actionUrls: { ...actionUrls, ...buttonsOf(clicks.urls) },
      ...(Object.keys(clicks.ways).length > 0 ? { ways: clicks.ways } : {}),
      ...(asksReceipts ? { receipts: true } : {}),
      ...(handedOn === undefined ? {} : { data: handedOn }),
    },
  };
  assign(options, 'icon', firstCalled(containers, ICON, picture) ?? picture(icon));
  assign(options, 'badge', firstCalled(containers, BADGE, picture) ?? picture(badge));
  const words = {
    title: firstCalled(containers, TITLE, asWords) ?? first(containers, ['headings', 'title'], asTranslated),
    body: firstCalled(containers, BODY, asWords) ?? first(containers, ['contents', 'body'], asTranslated),
  };
  const { title, body } =
    (words.title ?? words.body) === undefined ? (inLetters(containers) ?? words) : words;
  assign(options, 'body', body ?? (title === undefined ? EMPTY_BODY : undefined));
  assign(options, 'image', firstCalled(containers, IMAGE, picture));
  assign(options, 'tag', tag);
  assign(
    options,
    'requireInteraction',
    first(containers, ['requireInteraction', 'require_interaction'], asTrue),
  );
  assign(options, 'silent', silent);
  assign(options, 'dir', find('dir', asDirection));
  assign(options, 'lang', find('lang', asText));
  assign(options, 'timestamp', find('timestamp', asInstant));
  if (actions.length > 0) options.actions = actions;
  // Browsers throw on `renotify` without a tag, and on `vibrate` beside `silent`.
  if (tag !== undefined) assign(options, 'renotify', find('renotify', asTrue));
  if (silent === undefined) assign(options, 'vibrate', find('vibrate', asVibration));
  const appBadge = first(containers, ['app_badge', 'appBadge'], asCount);
  return { title: title ?? DEFAULT_TITLE, options, ...(appBadge === undefined ? {} : { appBadge }) };
}

/** What a message of this app hands to the site's own code; what a click does, in Angular's words, is not part of it. */
function dataOf(containers: readonly Fields[]): unknown {
  const data = first(containers, ['data'], (value) => value);
  const fields = asFields(data);
  if (fields === undefined || own(fields, 'onActionClick') === undefined) return data;
  const others = Object.entries(fields).filter(([name]) => name !== 'onActionClick');
  return others.length === 0 ? undefined : Object.fromEntries(others);
}

const clicksIn = (containers: readonly Fields[]) => first(containers, ['onActionClick'], objectIn);
const dataIn = (containers: readonly Fields[]): Fields[] =>
  containers.map((container) => objectIn(own(container, 'data')) ?? {});

const asList = (value: unknown): unknown[] | undefined =>
  Array.isArray(value) ? (value as unknown[]) : listIn(value);

function listIn(value: unknown): unknown[] | undefined {
  const parsed = typeof value === 'string' && /^\s*\[/.test(value) ? parse(value) : undefined;
  return Array.isArray(parsed) ? (parsed as unknown[]) : undefined;
}

function readActions(value: unknown[] | undefined, scope: string, maxActions: number) {
  const actions: { action: string; title: string; icon?: string }[] = [];
  const actionUrls: Record<string, string> = {};
  for (const item of value ?? []) {
    const fields = asFields(item);
    const own = fields === undefined ? [] : [fields];
    const title = first(own, ['title', 'text', 'label', 'n'], asText);
    if (fields === undefined || title === undefined || actions.length >= maxActions) continue;
    const action = first(own, ['action', 'id', 'i'], asText) ?? `action-${actions.length + 1}`;
    if (actions.some((other) => other.action === action)) continue;
    const icon = asPicture(fields['icon'], scope);
    actions.push(icon === undefined ? { action, title } : { action, title, icon });
    const url = linkIn(own, scope);
    if (url !== undefined) actionUrls[action] = url;
  }
  return { actions, actionUrls };
}

/** Angular's: what a click on the notification (`default`) or on each of its buttons does. */
function readClicks(operations: Fields | undefined, scope: string) {
  const urls: Record<string, string> = {};
  const ways: ClickData['ways'] & object = {};
  for (const [action, value] of Object.entries(operations ?? {}).slice(0, MAX_CLICKS)) {
    const fields = asFields(value);
    const way = WAYS.find((known) => known === fields?.['operation']);
    // A request in the background would show nothing, so such a click counts as an ordinary one.
    if (fields === undefined || way === undefined) continue;
    urls[action] = asWebAddress(fields['url'], scope) ?? scope;
    ways[action] = way;
  }
  return { urls, ways };
}

const buttonsOf = (urls: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(urls).filter(([action]) => action !== 'default'));

function assign<Name extends keyof ShownOptions>(
  options: ShownOptions,
  name: Name,
  value: ShownOptions[Name] | undefined,
): void {
  if (value !== undefined) options[name] = value;
}
