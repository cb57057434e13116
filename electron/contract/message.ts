import { z } from 'zod';
import type { PushPayload } from './http.ts';
import { hiddenCharacter, hiddenCharacterCure, type TextRule } from './characters.ts';
import { instantSchema } from './common.ts';
import { NO_UTM, utmSchema } from './utm.ts';

/** Longest time that any push service keeps a message: 30 days (Mozilla, Apple); FCM 28. In seconds. */
export const MAX_TTL_SECONDS = 30 * 24 * 60 * 60;

export const MAX_TITLE_LENGTH = 500;
export const TITLE_TOO_LONG = 'Shorten it to 500 characters.';

export const urgencySchema = z.enum(['very-low', 'low', 'normal', 'high']);
export type Urgency = z.infer<typeof urgencySchema>;

/** In which shape a message reaches the service worker. */
export const payloadFormatSchema = z.enum(['pushdesk', 'declarative', 'angular', 'fcm', 'own']);
export type PayloadFormat = z.infer<typeof payloadFormatSchema>;

/** The direction of a notification's texts; `auto`: by their letters. */
export const directionSchema = z.enum(['auto', 'ltr', 'rtl']);

/** Buttons that a message may have. Browsers show two at most (`Notification.maxActions`); the others stay with the message. */
export const MAX_ACTIONS = 8;
export const SHOWN_ACTIONS = 2;

export const MAX_VIBRATION_STEPS = 20;
export const MAX_VIBRATION_MS = 10_000;
export const MAX_DATA_LENGTH = 2000;
export const MAX_OWN_FORMAT_LENGTH = 8000;

/** An absolute http(s) URL or a path on the site of the subscribe page; empty means none. */
const linkSchema = z
  .string()
  .trim()
  .max(2000, 'Shorten it to 2,000 characters.')
  .refine((text) => text === '' || /^https?:\/\//i.test(text) || /^\/(?!\/)/.test(text), {
    message: 'Write an address that starts with https://, http:// or /.',
  });

const actionFields = {
  /** The text on the button. */
  title: z.string().trim().min(1).max(60),
  /** Opened when the button is pressed; empty means the URL of the notification. */
  url: linkSchema.default(''),
};
export const messageActionSchema = z.strictObject(actionFields);

/** A language tag (BCP 47); empty means none. */
const languageSchema = z
  .string()
  .trim()
  .max(35, 'Use at most 35 characters.')
  .refine((tag) => tag === '' || isLanguage(tag), 'Use a language tag, such as en, de-CH or zh-Hant.');

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** Any JSON as text; empty means none. */
const jsonTextSchema = z
  .string()
  .max(MAX_DATA_LENGTH, `Shorten it to ${MAX_DATA_LENGTH.toLocaleString('en')} characters.`)
  .superRefine((text, context) => {
    const hidden = hiddenCharacter(text, 'text');
    if (hidden !== null) context.addIssue({ code: 'custom', message: hiddenCharacterCure(hidden) });
    else if (text.trim() !== '' && !isJson(text))
      context.addIssue({ code: 'custom', message: 'Write JSON, such as {"order": 1042}.' });
  });

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Texts in another language; for an empty one the default text counts. Buttons in the order of those of the message. */
const languageTextsSchema = z.strictObject({
  title: z.string().trim().max(MAX_TITLE_LENGTH, TITLE_TOO_LONG).default(''),
  body: z.string().max(4000, 'Shorten it to 4,000 characters.').default(''),
  url: linkSchema.default(''),
  actions: z.array(z.string().trim().max(60)).max(MAX_ACTIONS).default([]),
});
export type LanguageTexts = z.infer<typeof languageTextsSchema>;
const textsSchema = z
  .record(languageSchema.min(1), languageTextsSchema)
  .refine((all) => Object.keys(all).length <= 50, 'Use at most 50 languages.');

/** What is known of one field of a message. */
export interface MessageField {
  schema: z.ZodType;
  /** A text that a person writes, and which characters it must not hold. */
  text?: TextRule;
  /** A text that is a URL. */
  isLink?: true;
  /**
   * Its name in the payload that the service worker reads; a field without one is for the push service, or has a special form in the
   * payload.
   */
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
  /** Without sound and vibration. */
  silent: { schema: z.boolean().default(false), shownAs: 'silent' },
  /** Alerts again where it replaces a notification; needs a tag. */
  renotify: { schema: z.boolean().default(false), shownAs: 'renotify' },
  /** Milliseconds of vibration and pause in turn. */
  vibrate: {
    schema: z
      .array(z.number().int().min(0).max(MAX_VIBRATION_MS))
      .max(MAX_VIBRATION_STEPS, `Use at most ${MAX_VIBRATION_STEPS} times.`)
      .default([]),
    shownAs: 'vibrate',
  },
  dir: { schema: directionSchema.default('auto'), shownAs: 'dir' },
  /** The language of its texts (BCP 47). */
  lang: { schema: languageSchema.default(''), shownAs: 'lang' },
  /** When the event it is about happened; `null`: when it is shown. */
  timestamp: { schema: instantSchema.max(8.64e15).nullable().default(null), shownAs: 'timestamp' },
  /** Any JSON as text, handed to the site's own code (`notification.data`). */
  data: { schema: jsonTextSchema.default('') },
  /** The number on the app's icon; 0 removes it, `null` leaves it as it is. */
  appBadge: {
    schema: z.number().int().min(0).max(1_000_000).nullable().default(null),
    shownAs: 'appBadge',
  },
  actions: { schema: z.array(messageActionSchema).max(MAX_ACTIONS).default([]) },
  /** Seconds that the push service keeps trying; 0 is now or never (RFC 8030 §5.2). */
  ttlSeconds: { schema: z.number().int().min(0).max(MAX_TTL_SECONDS).default(86_400) },
  /** When it is no longer of use, whatever is left of the TTL; `null`: only the TTL counts. */
  expiresAt: { schema: instantSchema.max(8.64e15).nullable().default(null) },
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
  /** Texts for those whose attribute `language` matches that language (RFC 4647 §3.4); others get the texts above. */
  texts: { schema: textsSchema.default({}) },
  /** Where a recipient has no value for a variable without a fallback: nothing is sent, or the recipient is left out. */
  missingValues: { schema: z.enum(['block', 'leave-out']).default('block') },
  /** Added to links to the person's own sites when the payload is made; pictures and links to other hosts get none. */
  utm: { schema: utmSchema.default(NO_UTM) },
  format: { schema: payloadFormatSchema.default('pushdesk') },
  /** The payload as the person's own service worker expects it, as JSON with placeholders; for `format` `own`. */
  ownFormat: {
    schema: z
      .string()
      .max(MAX_OWN_FORMAT_LENGTH, `Shorten it to ${MAX_OWN_FORMAT_LENGTH.toLocaleString('en')} characters.`)
      .default(''),
  },
} as const satisfies Record<string, MessageField>;

export type MessageFieldName = keyof typeof MESSAGE_FIELDS;
export const messageFieldNames = Object.keys(MESSAGE_FIELDS) as MessageFieldName[];

type Shape = { [Name in MessageFieldName]: (typeof MESSAGE_FIELDS)[Name]['schema'] };
const messageShape = Object.fromEntries(
  messageFieldNames.map((name) => [name, MESSAGE_FIELDS[name].schema]),
) as Shape;

/** A notification as composed. Browsers show what they can: see core/message/browser-support. */
export const messageSchema = z.strictObject(messageShape);
export type Message = z.infer<typeof messageSchema>;

/** A stored message: fields that this version does not know are ignored, so that every store opens. */
export const keptMessageSchema = z.object({
  ...messageShape,
  actions: z.array(z.object(actionFields)).max(MAX_ACTIONS).default([]),
});

/** The message as recipients of one language get it: with the default texts where its own are empty. */
export function inLanguage(message: Message, language: string): Message {
  const texts = Object.hasOwn(message.texts, language) ? message.texts[language] : undefined;
  if (texts === undefined) return message;
  return {
    ...message,
    title: texts.title === '' ? message.title : texts.title,
    body: texts.body === '' ? message.body : texts.body,
    url: texts.url === '' ? message.url : texts.url,
    lang: language,
    actions: message.actions.map((action, at) => {
      const title = texts.actions[at] ?? '';
      return title === '' ? action : { ...action, title };
    }),
  };
}

/** Languages that a message has texts for, besides the default. */
export const languagesOf = (message: Message): string[] => Object.keys(message.texts);
