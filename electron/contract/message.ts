import { z } from 'zod';
import type { PushPayload } from './http.ts';
import { hiddenCharacter, hiddenCharacterCure, type TextRule } from './characters.ts';

/** Longest time that any push service keeps a message: 30 days (Mozilla, Apple); FCM 28. In seconds. */
export const MAX_TTL_SECONDS = 30 * 24 * 60 * 60;

export const MAX_TITLE_LENGTH = 500;
export const TITLE_TOO_LONG = 'Shorten it to 500 characters.';

export const urgencySchema = z.enum(['very-low', 'low', 'normal', 'high']);
export type Urgency = z.infer<typeof urgencySchema>;

/** An absolute http(s) URL or a path on the site of the subscribe page; empty means none. */
const linkSchema = z
  .string()
  .trim()
  .max(2000, 'Shorten it to 2,000 characters.')
  .refine((text) => text === '' || /^https?:\/\//i.test(text) || /^\/(?!\/)/.test(text), {
    message: 'Write an address that starts with https://, http:// or /.',
  });

const actionFields = {
  /** What stands on the button. */
  title: z.string().trim().min(1).max(60),
  /** Opened when the button is pressed; empty means the URL of the notification. */
  url: linkSchema.default(''),
};
export const messageActionSchema = z.strictObject(actionFields);

/** What is known of one field of a message. */
export interface MessageField {
  schema: z.ZodType;
  /** A text that a person writes, and which characters it must not hold. */
  text?: TextRule;
  /** A text that is an address. */
  isLink?: true;
  /** Its name in the payload that the service worker reads; without one it is for the push service, or has a form of its own there. */
  shownAs?: keyof PushPayload;
}

const link = (shownAs: keyof PushPayload) =>
  ({ schema: linkSchema.default(''), text: 'name', isLink: true, shownAs }) as const;

/** Every field of a message, in the order in which payloads have them. Schemas, checks, payload, drafts and forms follow this list. */
export const MESSAGE_FIELDS = {
  title: {
    schema: z.string().trim().min(1, 'Write a title.').max(MAX_TITLE_LENGTH, TITLE_TOO_LONG),
    text: 'line',
    shownAs: 'title',
  },
  body: {
    schema: z.string().max(4000, 'Shorten it to 4,000 characters.').default(''),
    text: 'text',
    shownAs: 'body',
  },
  iconUrl: link('icon'),
  badgeUrl: link('badge'),
  imageUrl: link('image'),
  /** Replaces a shown notification of the same tag. */
  tag: {
    schema: z.string().trim().max(100, 'Use at most 100 characters.').default(''),
    text: 'name',
    shownAs: 'tag',
  },
  url: link('url'),
  requireInteraction: { schema: z.boolean().default(false), shownAs: 'requireInteraction' },
  /** Browsers show two at most (`Notification.maxActions`). */
  actions: { schema: z.array(messageActionSchema).max(2).default([]) },
  /** Seconds that the push service keeps trying; 0 is now or never (RFC 8030 §5.2). */
  ttlSeconds: { schema: z.number().int().min(0).max(MAX_TTL_SECONDS).default(86_400) },
  urgency: { schema: urgencySchema.default('normal') },
  /** Replaces an undelivered message of the same topic (RFC 8030 §5.4); empty means none. */
  topic: {
    schema: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9_-]{0,32}$/, 'Use at most 32 letters, digits, - and _.')
      .default(''),
    text: 'name',
  },
} as const satisfies Record<string, MessageField>;

export type MessageFieldName = keyof typeof MESSAGE_FIELDS;
export const messageFieldNames = Object.keys(MESSAGE_FIELDS) as MessageFieldName[];

type Shape = { [Name in MessageFieldName]: (typeof MESSAGE_FIELDS)[Name]['schema'] };
const messageShape = Object.fromEntries(
  messageFieldNames.map((name) => [name, MESSAGE_FIELDS[name].schema]),
) as Shape;

/** A notification as composed. Browsers show what they can: facts in core/browser-support. */
export const messageSchema = z.strictObject(messageShape);
export type Message = z.infer<typeof messageSchema>;

/** One that was stored: a name that this version does not know is passed over, so that every store opens. */
export const keptMessageSchema = z.object({
  ...messageShape,
  actions: z.array(z.object(actionFields)).max(2).default([]),
});

/** A message on its way in. What is stored already is read by `messageSchema`: it may be from before texts were checked. */
export const newMessageSchema = messageSchema.superRefine((message, context) => {
  for (const { path, character } of hiddenIn(message))
    context.addIssue({ code: 'custom', path, message: hiddenCharacterCure(character) });
  for (const path of deadLinksIn(message)) context.addIssue({ code: 'custom', path, message: DEAD_LINK });
});

export const DEAD_LINK = 'No browser can open this address: check its spelling.';

/** Where a message has an address that begins as one and is none, such as `https://` alone. */
export function deadLinksIn(message: Message): (string | number)[][] {
  const links: [(string | number)[], unknown][] = [
    ...messageFieldNames.flatMap((name): [string[], unknown][] =>
      (MESSAGE_FIELDS[name] as MessageField).isLink === true ? [[[name], message[name]]] : [],
    ),
    ...message.actions.map(({ url }, at): [(string | number)[], unknown] => [['actions', at, 'url'], url]),
  ];
  return links.filter(([, link]) => typeof link === 'string' && isDead(link)).map(([path]) => path);
}

/** A variable may stand anywhere in it. Blanks in a host are refused by hand: some versions of Chromium take them. */
function isDead(link: string): boolean {
  if (!/^https?:/i.test(link)) return false;
  return /^https?:\/\/[^/?#]*\s/i.test(link) || !URL.canParse(link.replaceAll(/\{\{[^{}]*\}\}/g, 'x'));
}

/** Where a message holds a character that it must not hold. */
export function hiddenIn(message: Message): { path: (string | number)[]; character: string }[] {
  const texts = [
    ...messageFieldNames.flatMap((name): [(string | number)[], string, TextRule][] => {
      const { text: rule } = MESSAGE_FIELDS[name] as MessageField;
      const value = message[name];
      return rule === undefined || typeof value !== 'string' ? [] : [[[name], value, rule]];
    }),
    ...message.actions.flatMap((action, at): [(string | number)[], string, TextRule][] => [
      [['actions', at, 'title'], action.title, 'line'],
      [['actions', at, 'url'], action.url, 'name'],
    ]),
  ];
  return texts.flatMap(([path, text, rule]) => {
    const character = hiddenCharacter(text, rule);
    return character === null ? [] : [{ path, character }];
  });
}
