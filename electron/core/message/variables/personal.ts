import {
  inLanguage,
  languagesOf,
  MESSAGE_FIELDS,
  messageFieldNames,
  type Message,
  type MessageField,
  type MessageFieldName,
} from '../../../contract/message.ts';
import { buildPayload } from '../payload.ts';
import {
  faultOfFallbacks,
  faultOfLink,
  fill,
  readTemplate,
  valueOf,
  type Part,
  type Variable,
} from './template.ts';

/** What a personal payload is made from besides its recipient's values: fixed when deliveries are written. */
export interface PersonalPlan {
  readonly message: Message;
  readonly id: string;
  readonly receipts: boolean;
  /** Origins of the person's own sites, whose links get UTM parameters. */
  readonly sites: readonly string[];
}

/** What a recipient's text depends on: fixed when the delivery is written. */
export interface Fixed {
  /** One of `message.texts`; empty: the default. */
  readonly language: string;
  /** Values of the variables that the message uses. */
  readonly values: Readonly<Record<string, string>>;
}

/** What is known of a recipient when that is fixed. */
export interface Recipient {
  readonly label: string | null;
  readonly externalId: string | null;
  readonly tags: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
}

const MAX_VALUE_LENGTH = 500;
/** Control characters, lone surrogates, and characters that reorder or hide the text beside them. */
const HARMFUL =
  /[\p{Cc}\p{Cs}\u00AD\u180E\u200B\u2028-\u202E\u2060-\u206F\u2800\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\uFFFE\uFFFF\u{E0000}-\u{E007F}]/gu;

/** A value as it may stand in a message: on one line, visible, of limited length. */
function clean(value: string): string {
  return Array.from(value.replaceAll(/\s+/gu, ' ').replaceAll(HARMFUL, '').trim())
    .slice(0, MAX_VALUE_LENGTH)
    .join('');
}

/** The value of a variable of that name; `null`: nothing is known. An attribute called `label` or like the other two cannot be reached. */
function known(name: string, { label, externalId, tags, attributes }: Recipient): string | null {
  const found =
    name === 'label'
      ? label
      : name === 'externalId'
        ? externalId
        : name === 'tags'
          ? tags.join(', ')
          : Object.hasOwn(attributes, name)
            ? (attributes[name] ?? null)
            : null;
  const cleaned = found === null ? '' : clean(found);
  return cleaned === '' ? null : cleaned;
}

interface Spot {
  readonly path: (string | number)[];
  readonly parts: readonly Part[];
  readonly isLink: boolean;
  readonly fault: string | null;
}

/** Whether a field of a message may hold variables. The topic is read by push services and may not. */
export const takesVariables = (name: MessageFieldName): boolean =>
  name === 'data' || (name !== 'topic' && (MESSAGE_FIELDS[name] as MessageField).text !== undefined);

function spotsOf(message: Message): Spot[] {
  const own = messageFieldNames.flatMap((name): Spot[] => {
    const { isLink = false } = MESSAGE_FIELDS[name] as MessageField;
    const value = message[name];
    if (!takesVariables(name) || name === 'data' || typeof value !== 'string') return [];
    return [spotOf([name], value, isLink)];
  });
  const buttons = message.actions.flatMap(({ title, url }, at) => [
    spotOf(['actions', at, 'title'], title, false),
    spotOf(['actions', at, 'url'], url, true),
  ]);
  return [...own, ...buttons, spotOf(['data'], message.data, false)];
}

function spotOf(path: (string | number)[], text: string, isLink: boolean): Spot {
  const template = readTemplate(text);
  if (template.fault !== null) return { path, parts: [text], isLink, fault: template.fault };
  const fault = faultOfFallbacks(template.parts) ?? (isLink ? faultOfLink(template.parts) : null);
  return { path, parts: template.parts, isLink, fault };
}

/** What is wrong with variables of a message, by field. */
export function variableFaults(message: Message): { path: (string | number)[]; fault: string }[] {
  const faultsOf = (one: Message) =>
    spotsOf(one).flatMap(({ path, fault }) => (fault === null ? [] : [{ path, fault }]));
  const own = faultsOf(message);
  const known = new Set(own.map(({ path }) => path.join('.')));
  const others = languagesOf(message).flatMap((language) =>
    faultsOf(inLanguage(message, language))
      .filter(({ path }) => !known.has(path.join('.')))
      .map(({ path, fault }) => ({ path: ['texts', language, ...path], fault })),
  );
  return [...own, ...others];
}

/** The variables of a message in one language. */
const variablesOf = (message: Message): Variable[] =>
  spotsOf(message).flatMap(({ parts }) => parts.filter((part) => typeof part !== 'string'));

/** Whether its text depends on who gets it. A text that is still incomplete does not. */
export const isPersonal = (message: Message): boolean =>
  languagesOf(message).length > 0 || variablesOf(message).length > 0;

/**
 * Which of the languages somebody gets: the tag itself, or what is left of it when its last parts are removed (lookup of RFC 4647 §3.4).
 *
 * @param wanted the attribute `language` of the recipient
 * @returns as spelled in `languages`; empty: the default
 */
export function languageFor(wanted: string, languages: readonly string[]): string {
  const subtags = wanted.trim().toLowerCase().replaceAll('_', '-').split('-');
  for (; subtags.length > 0; subtags.pop()) {
    const tag = subtags.join('-');
    const found = languages.find((language) => language.toLowerCase() === tag);
    if (found !== undefined) return found;
  }
  return '';
}

/** Makes texts of one message for many recipients. */
export interface Personal {
  /** @returns what to keep for a recipient, and the names of any variables that have neither value nor fallback: then nothing is sent */
  fix(recipient: Recipient): Fixed | (Fixed & { missing: string[] });
  /** The message that this recipient sees. */
  message(fixed: Fixed): Message;
  /** Encoded, before encryption: always the same for the same plan and values. */
  payload(fixed: Fixed): string;
}

export function personalOf({ message, id, receipts, sites }: PersonalPlan): Personal {
  const languages = languagesOf(message);
  const made = new Map(
    ['', ...languages].map((language) => [language, textOf({ ...inLanguage(message, language), texts: {} })]),
  );
  // For a language that is no longer among them, the default counts.
  const of = (language: string) => made.get(language) ?? textOf(message);
  return {
    fix(recipient) {
      const language =
        languages.length === 0 ? '' : languageFor(recipient.attributes['language'] ?? '', languages);
      const { variables } = of(language);
      const values: Record<string, string> = {};
      for (const { name } of variables) {
        const value = known(name, recipient);
        if (value !== null) values[name] = value;
      }
      const missing = variables.filter((variable) => valueOf(variable, values) === null);
      if (missing.length > 0)
        return { language, values, missing: [...new Set(missing.map(({ name }) => name))] };
      return { language, values };
    },
    message: ({ language, values }) => of(language).filled(values),
    payload: ({ language, values }) =>
      JSON.stringify(buildPayload(of(language).filled(values), id, receipts, sites)),
  };
}

/** The texts of one language, read once. */
function textOf(message: Message) {
  const spots = spotsOf(message).filter(({ parts }) => parts.some((part) => typeof part !== 'string'));
  const filled = (values: Readonly<Record<string, string>>): Message => {
    const actions = message.actions.map((action) => ({ ...action }));
    const next = { ...message, actions };
    for (const { path, parts, isLink } of spots) {
      const [first, at, part] = path;
      const text = fill(parts, values, isLink ? encodeURIComponent : undefined);
      if (first === 'actions') {
        const action = actions[Number(at)];
        if (action !== undefined) action[part as 'title' | 'url'] = text;
      } else if (first === 'data') next.data = filledData(message.data, values);
      else (next as Record<MessageFieldName, unknown>)[first as MessageFieldName] = text;
    }
    return next;
  };
  return { variables: variablesOf(message), filled };
}

/** Data is JSON: values go into its texts, so that none of them can change its structure. */
function filledData(text: string, values: Readonly<Record<string, string>>): string {
  const within = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const template = readTemplate(value);
      return template.fault === null ? fill(template.parts, values) : value;
    }
    if (Array.isArray(value)) return value.map(within);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, within(inner)]));
  };
  try {
    return JSON.stringify(within(JSON.parse(text)));
  } catch {
    return text;
  }
}

/** For devices of which nothing is known, as in a rehearsal: each variable without a fallback shows its name. */
export function withNamesAsFallbacks(message: Message): Message {
  return JSON.parse(JSON.stringify(message), (name, value: unknown) =>
    typeof value === 'string' && name !== 'ownFormat'
      ? value.replaceAll(/\{\{([^{}|]+)\}\}/gu, (_, inner: string) => withItsName(inner.trim()))
      : value,
  ) as Message;
}

const withItsName = (variable: string): string => `{{${variable}|${variable}}}`;
