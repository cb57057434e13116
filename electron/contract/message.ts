import { z } from 'zod';
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

const messageFields = {
  title: z.string().trim().min(1, 'Write a title.').max(MAX_TITLE_LENGTH, TITLE_TOO_LONG),
  body: z.string().max(4000, 'Shorten it to 4,000 characters.').default(''),
  url: linkSchema.default(''),
  iconUrl: linkSchema.default(''),
  badgeUrl: linkSchema.default(''),
  imageUrl: linkSchema.default(''),
  /** Replaces a shown notification of the same tag. */
  tag: z.string().trim().max(100, 'Use at most 100 characters.').default(''),
  /** Browsers show two at most (`Notification.maxActions`). */
  actions: z.array(messageActionSchema).max(2).default([]),
  requireInteraction: z.boolean().default(false),
  /** Seconds that the push service keeps trying; 0 is now or never (RFC 8030 §5.2). */
  ttlSeconds: z.number().int().min(0).max(MAX_TTL_SECONDS).default(86_400),
  urgency: urgencySchema.default('normal'),
  /** Replaces an undelivered message of the same topic (RFC 8030 §5.4); empty means none. */
  topic: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9_-]{0,32}$/, 'Use at most 32 letters, digits, - and _.')
    .default(''),
};

/** A notification as composed. Browsers show what they can: facts in core/browser-support. */
export const messageSchema = z.strictObject(messageFields);
export type Message = z.infer<typeof messageSchema>;

/** One that was stored: a name that this version does not know is passed over, so that every store opens. */
export const keptMessageSchema = z.object({
  ...messageFields,
  actions: z.array(z.object(actionFields)).max(2).default([]),
});

/** A message on its way in. What is stored already is read by `messageSchema`: it may be from before texts were checked. */
export const newMessageSchema = messageSchema.superRefine((message, context) => {
  for (const { path, character } of hiddenIn(message))
    context.addIssue({ code: 'custom', path, message: hiddenCharacterCure(character) });
});

/** Where a message holds a character that it must not hold. */
export function hiddenIn(message: Message): { path: (string | number)[]; character: string }[] {
  const { title, body, tag, url, iconUrl, badgeUrl, imageUrl, actions } = message;
  const texts: [(string | number)[], string, TextRule][] = [
    [['title'], title, 'line'],
    [['body'], body, 'text'],
    [['tag'], tag, 'name'],
    ...Object.entries({ url, iconUrl, badgeUrl, imageUrl }).map(
      ([name, link]): [string[], string, TextRule] => [[name], link, 'name'],
    ),
    ...actions.flatMap((action, at): [(string | number)[], string, TextRule][] => [
      [['actions', at, 'title'], action.title, 'line'],
      [['actions', at, 'url'], action.url, 'name'],
    ]),
  ];
  return texts.flatMap(([path, text, rule]) => {
    const character = hiddenCharacter(text, rule);
    return character === null ? [] : [{ path, character }];
  });
}
