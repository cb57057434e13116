import { asFields, asText, asWebAddress, type Fields } from './fields.ts';

/**
 * Finds what senders of all kinds call title, text and link, wherever in the message they put it. A container is an object of a message
 * that may hold such fields; they are looked through in the order of `containersOf`.
 */

/** Objects within objects, as deep as senders nest them: `message.webpush.notification`. */
const MAX_CONTAINERS = 24;

/** Members that hold a message, or a part of one, looked through before what is beside them. */
const BEFORE = [
  'notification',
  'notifications',
  'webpush',
  'message',
  'msg',
  'payload',
  'aps',
  'alert',
  'FCM_MSG',
];
/** The same, looked through after it. */
const AFTER = [
  'options',
  'data',
  'content',
  'custom',
  'a',
  'extra',
  'extras',
  'client::notification',
  'click',
  'body',
  'note',
  'params',
  'fcm_options',
  'fcmOptions',
];

/** In lower case, and without what `plainName` leaves out. */
export const TITLE = ['title', 'head', 'heading', 'headings', 'headline', 'header', 'subject'];
export const BODY = [
  'body',
  'message',
  'msg',
  'text',
  'content',
  'contents',
  'description',
  'alert',
  'summary',
  'subtitle',
];
const LINK = [
  'url',
  'link',
  'clickaction',
  'actionurl',
  'clickurl',
  'click',
  'navigate',
  'href',
  'launchurl',
  'targeturl',
  'openurl',
  'urltoopen',
  'weburl',
  'deeplink',
  'landingurl',
  'u',
  'l',
  'uri',
  'path',
];
export const ICON = ['icon', 'iconurl', 'iconpath'];
export const IMAGE = ['image', 'imageurl', 'picture', 'banner', 'chromewebimage'];
export const BADGE = ['badge', 'badgeurl', 'chromewebbadge'];

/** `notificationTitle`, `gcm.notification.title` and `Title` are `title`. */
const plainName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^(?:gcm\.)?notification[._-]?(?=\w)/, '')
    .replaceAll(/[._-]/g, '');

/**
 * The objects of a message in which fields are looked for, the most telling first. Objects that were written as text count too.
 *
 * @param which `message itself`: without what the sender only passes on, as in `data`
 */
export function containersOf(message: Fields, which: 'all' | 'message itself' = 'all'): Fields[] {
  const found: Fields[] = [];
  const add = (container: Fields) => {
    if (found.length >= MAX_CONTAINERS || found.includes(container)) return;
    const inner = (names: readonly string[]) => {
      for (const name of names) {
        const fields = objectIn(own(container, name));
        if (fields !== undefined) add(fields);
      }
    };
    // Its place is taken first, so that a message that contains itself does not loop for ever.
    const place = found.push(container) - 1;
    inner(BEFORE);
    found.splice(place, 1);
    found.push(container);
    if (which === 'all') inner(AFTER);
  };
  add(message);
  return found;
}

/** Own members only: `__proto__` and `toString` say nothing. */
export const own = (fields: Fields, name: string): unknown =>
  Object.hasOwn(fields, name) ? fields[name] : undefined;

/** An object, even one that is written as text, or is first in a list. */
export function objectIn(value: unknown): Fields | undefined {
  if (typeof value === 'string' && /^\s*[[{]/.test(value)) {
    try {
      return objectIn(JSON.parse(value));
    } catch {
      return undefined;
    }
  }
  if (Array.isArray(value)) return asFields(value.find((item) => asFields(item) !== undefined));
  return asFields(value);
}

/** The first value that reads as wanted: of each container in turn, each name in turn. */
export function first<Value>(
  containers: readonly Fields[],
  names: readonly string[],
  read: (value: unknown, name: string) => Value | undefined,
): Value | undefined {
  for (const container of containers) {
    for (const name of names) {
      const value = read(own(container, name), name);
      if (value !== undefined) return value;
    }
  }
  return undefined;
}

/** The same for names in any spelling. */
export const firstCalled = <Value>(
  containers: readonly Fields[],
  names: readonly string[],
  read: (value: unknown, name: string) => Value | undefined,
): Value | undefined => first(containers.map(withPlainNames), names, read);

/** Of several spellings of one name the plain one counts, else the first. */
function withPlainNames(fields: Fields): Fields {
  const others = Object.entries(fields).map(([name, value]) => [plainName(name), value] as const);
  return { ...Object.fromEntries(others.reverse()), ...fields };
}

/** A text to read. JSON that was written as text is an object of the message, and not something to read. */
export const asWords = (value: unknown): string | undefined =>
  objectIn(value) === undefined ? asText(value) : undefined;

/** A text for each language: English, or whichever comes first. */
export function asTranslated(value: unknown): string | undefined {
  const languages = asFields(value);
  if (languages === undefined) return undefined;
  const names = Object.keys(languages);
  if (!names.every((name) => /^[a-z]{2}(?:[-_]\w+)?$/i.test(name))) return undefined;
  return asText(own(languages, 'en')) ?? first([languages], names, asText);
}

/** The title and text of senders whose names are single letters: both are there, or they are names of something else. */
export function inLetters(containers: readonly Fields[]): { title: string; body: string } | undefined {
  for (const container of containers) {
    const title = own(container, 't');
    const body = first([container], ['b', 'm', 'a'], asWords);
    if (typeof title === 'string' && asText(title) !== undefined && body !== undefined)
      return { title, body };
  }
  return undefined;
}

/** Where a click leads; the first address that may be opened. */
export function linkIn(containers: readonly Fields[], scope: string): string | undefined {
  return (
    firstCalled(containers, LINK, (value, name) => asLink(value, scope, name)) ??
    first(containers, ['data'], (value, name) =>
      typeof value === 'string' && /^https?:/.test(value) ? asLink(value, scope, name) : undefined,
    )
  );
}

/**
 * An address, or what phone apps have in its place (`OPEN_CHAT`), which is not an address. Under a name of one letter it may be anything,
 * such as a language.
 */
function asLink(value: unknown, scope: string, name: string): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  if ((name.length < 2 && !text.includes('/')) || /\s|^([A-Z][A-Z\d_]*)?$/.test(text)) return undefined;
  return asWebAddress(/^www\.[^/]+\.[^/]/i.test(text) ? `https://${text}` : text, scope);
}
