import { z } from 'zod';
import {
  audienceSchema,
  type Audience,
  type AudiencePart,
} from '../../electron/contract/campaign-audience.ts';
import type { DraftContent } from '../../electron/contract/drafts.ts';
import type { SubscriptionId } from '../../electron/contract/ids.ts';
import { hiddenCharacterCure } from '../../electron/contract/characters.ts';
import { NO_UTM } from '../../electron/contract/utm.ts';
import {
  buttonField,
  isButtonText,
  languageField,
  partsOfField,
  type FormFieldName,
  type LanguageFieldName,
} from '../words/message-fields.ts';
import { variableFaults } from '../../electron/core/message/variables/personal.ts';
import { assertNever } from '../../electron/core/assert-never.ts';
import { conflictsIn, DEAD_LINK, deadLinksIn, hiddenIn } from '../../electron/contract/message-checks.ts';
import {
  directionSchema,
  MAX_ACTIONS,
  MAX_TITLE_LENGTH,
  MAX_VIBRATION_STEPS,
  MESSAGE_FIELDS,
  messageFieldNames,
  messageSchema,
  payloadFormatSchema,
  SHOWN_ACTIONS,
  TITLE_TOO_LONG,
  urgencySchema,
  type LanguageTexts,
  type Message,
  type MessageField,
  type MessageFieldName,
} from '../../electron/contract/message.ts';

/** What is in the fields: nothing is checked yet, so that a half-written message is never lost. */
export interface MessageFields extends Omit<Message, 'actions' | 'ttlSeconds' | 'appBadge' | 'vibrate'> {
  /** Two or more buttons; one without text and link does not count. */
  actions: readonly ButtonFields[];
  /** Seconds; empty while the person types. */
  ttlSeconds: number | '';
  /** Empty: none. */
  appBadge: number | '';
  /** Milliseconds, separated by commas or spaces. */
  vibrate: string;
}

export interface ButtonFields {
  title: string;
  url: string;
}

const NO_BUTTON: ButtonFields = { title: '', url: '' };

/** The schema of a title that may still be empty: the preflight speaks of it. */
const draftTitle = z.string().trim().max(MAX_TITLE_LENGTH, TITLE_TOO_LONG);

export const EMPTY_FIELDS: MessageFields = {
  ...messageSchema.extend({ title: draftTitle }).parse({ title: '' }),
  actions: [NO_BUTTON, NO_BUTTON],
  appBadge: '',
  vibrate: '',
};

/** The fewest rows that the form has. */
const LEAST_BUTTONS = SHOWN_ACTIONS;

const text = z.string().catch('');
const button = z.object({ title: text, url: text }).catch(NO_BUTTON);
const NO_TEXTS: LanguageTexts = { title: '', body: '', url: '', actions: [] };
const languageTexts = z
  .object({ title: text, body: text, url: text, actions: z.array(text).catch([]) })
  .catch(NO_TEXTS);

/** Reads a draft of any age: a field that is missing or odd is as in an empty one, the others stay as they were written. */
const fieldsSchema = z.object({
  ...(Object.fromEntries(messageFieldNames.map((name) => [name, asWritten(EMPTY_FIELDS[name])])) as Record<
    MessageFieldName,
    z.ZodType<never>
  >),
  actions: z
    .array(button)
    .transform((given) => [
      ...given.slice(0, MAX_ACTIONS),
      ...Array.from({ length: Math.max(0, LEAST_BUTTONS - given.length) }, () => NO_BUTTON),
    ])
    .catch([NO_BUTTON, NO_BUTTON]),
  ttlSeconds: z.union([z.number(), z.literal('')]).catch(86_400),
  appBadge: z.union([z.number(), z.literal('')]).catch(''),
  vibrate: z.union([z.string(), z.array(z.number()).transform((times) => times.join(', '))]).catch(''),
  timestamp: MESSAGE_FIELDS.timestamp.schema.catch(null),
  texts: z.record(z.string(), languageTexts).catch({}),
  missingValues: MESSAGE_FIELDS.missingValues.schema.catch('block'),
  utm: z.object({ source: text, medium: text, campaign: text }).catch(NO_UTM),
  expiresAt: MESSAGE_FIELDS.expiresAt.schema.catch(null),
  dir: directionSchema.catch('auto'),
  format: payloadFormatSchema.catch('pushdesk'),
  urgency: urgencySchema.catch('normal'),
}) as unknown as z.ZodType<MessageFields>;

/** Accepts what a field may hold; a flag of another type becomes the empty value. */
function asWritten(empty: unknown): z.ZodType {
  return typeof empty === 'boolean' ? z.boolean().catch(empty) : text;
}

/** Who is to get it, as far as it is chosen. */
export type Choice = (
  | { kind: 'everyone' }
  | { kind: 'matching'; anyOf: readonly AudiencePart[] }
  | { kind: 'chosen'; ids: readonly SubscriptionId[] }
  | { kind: 'one'; id: SubscriptionId | null }
) & {
  /** Those who do not get it, whatever else says that they do. */
  leaveOut?: readonly AudiencePart[];
};

/** The audience of a choice; `null` while nobody is chosen. */
export function audienceOf({ leaveOut = [], ...choice }: Choice): Audience | null {
  const audience = wantedOf(choice);
  return audience === null || leaveOut.length === 0 ? audience : { ...audience, leaveOut: [...leaveOut] };
}

function wantedOf(choice: Choice): Audience | null {
  switch (choice.kind) {
    case 'everyone':
      return { kind: 'everyone' };
    case 'matching':
      return choice.anyOf.length === 0 ? null : { kind: 'matching', anyOf: [...choice.anyOf] };
    case 'chosen':
      return choice.ids.length === 0 ? null : { kind: 'chosen', ids: [...choice.ids] };
    case 'one':
      return choice.id === null ? null : { kind: 'chosen', ids: [choice.id] };
    default:
      return assertNever(choice);
  }
}

/** The choice that an audience stands for; one id is a choice of one row. */
export function choiceOf(audience: Audience | null): Choice {
  if (audience === null) return { kind: 'one', id: null };
  const { leaveOut = [] } = audience;
  const left = leaveOut.length === 0 ? {} : { leaveOut };
  if (audience.kind === 'everyone') return { kind: 'everyone', ...left };
  if (audience.kind === 'matching') return { kind: 'matching', anyOf: audience.anyOf, ...left };
  return audience.ids.length === 1
    ? { kind: 'one', id: audience.ids[0] ?? null, ...left }
    : { kind: 'chosen', ids: audience.ids, ...left };
}

export interface Composition {
  fields: MessageFields;
  choice: Choice;
  /** What else is chosen, each part under its own name. */
  choices: Readonly<Record<string, unknown>>;
}

export const draftOf = ({ fields, choice, choices }: Composition): DraftContent => ({
  message: { ...fields },
  audience: audienceOf(choice),
  choices: { ...choices },
});

/** What a kept draft puts into the fields; nothing kept gives an empty message to everyone. */
export function compositionOf(
  draft: (Omit<DraftContent, 'choices'> & Partial<DraftContent>) | null,
): Composition {
  if (!draft) return { fields: EMPTY_FIELDS, choice: { kind: 'everyone' }, choices: {} };
  const audience = audienceSchema.nullable().safeParse(draft.audience);
  return {
    fields: fieldsSchema.parse(draft.message),
    choice: choiceOf(audience.success ? audience.data : null),
    choices: draft.choices ?? {},
  };
}

/** Whether anything was written: options alone are not work that could be lost. */
export function isBlank(fields: MessageFields): boolean {
  const texts = messageFieldNames.flatMap((name) => {
    const { text: rule } = MESSAGE_FIELDS[name] as MessageField;
    const value = fields[name];
    return rule !== undefined && typeof value === 'string' ? [value] : [];
  });
  const others = Object.values(fields.texts).flatMap((one) => [one.title, one.body, one.url, ...one.actions]);
  return [...texts, fields.data, ...fields.actions.flatMap((one) => [one.title, one.url]), ...others].every(
    (written) => written.trim() === '',
  );
}

/** A message as the contract has it, of whatever the fields hold. */
function candidateOf(fields: MessageFields) {
  const shown = shownButtons(fields);
  return {
    ...fields,
    actions: fields.actions.filter((_, at) => shown.includes(at)),
    texts: Object.fromEntries(
      Object.entries(fields.texts).map(([language, texts]) => [
        language,
        { ...texts, actions: shown.map((at) => texts.actions[at] ?? '') },
      ]),
    ),
    appBadge: fields.appBadge === '' ? null : fields.appBadge,
    vibrate: timesIn(fields.vibrate),
  };
}

/** Which rows are buttons: one without text and link does not count. */
const shownButtons = ({ actions }: MessageFields): number[] =>
  actions.flatMap(({ title, url }, at) => (title.trim() === '' && url.trim() === '' ? [] : [at]));

/** The numbers in a text, separated by commas or spaces; what is not a number stays, for the check to find. */
const timesIn = (text: string): number[] =>
  text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map((part) => (/^\d+$/.test(part) ? Number(part) : Number.NaN));

export type FieldErrors = Partial<Record<FormFieldName | LanguageFieldName, string>>;

/** The message, or what is wrong by field. An empty title is let through: the preflight speaks of it. */
export function checkFields(fields: MessageFields): { message: Message | null; errors: FieldErrors } {
  const result = messageSchema.extend({ title: draftTitle }).safeParse(candidateOf(fields));
  // Even where other fields are not right yet: everything that has to be fixed is said at once.
  const written = sizedMessageOf(fields);
  const hidden = hiddenIn(written);
  const dead = deadLinksIn(written);
  const conflicts = conflictsIn(written);
  const variables = variableFaults(written);
  if (result.success && hidden.length + dead.length + conflicts.length + variables.length === 0)
    return { message: result.data, errors: {} };
  const shown = shownButtons(fields);
  const errors: FieldErrors = {};
  for (const issue of result.error?.issues ?? []) {
    const name = fieldNameOf(issue.path, shown);
    if (name) errors[name] ??= wordsOf(partsOfField(name).name, issue.message);
  }
  for (const { path, character } of hidden) {
    const name = fieldNameOf(path, shown);
    if (name) errors[name] ??= hiddenCharacterCure(character);
  }
  for (const path of dead) {
    const name = fieldNameOf(path, shown);
    if (name) errors[name] ??= DEAD_LINK;
  }
  for (const { path, fault } of variables) {
    const name = fieldNameOf(path, shown);
    if (name) errors[name] ??= fault;
  }
  for (const { field, cause } of conflicts) errors[field as FormFieldName] ??= cause;
  return { message: null, errors };
}

function fieldNameOf(
  path: readonly PropertyKey[],
  shownButtons: readonly number[],
): FormFieldName | LanguageFieldName | null {
  const [first, index, part] = path;
  if (first === 'texts' && typeof index === 'string' && path.length > 2) {
    const name = fieldNameOf(path.slice(2), shownButtons);
    // Links of buttons are the same in every language: such a fault is already at the default's field.
    return name === null ? null : languageField(name as FormFieldName, index);
  }
  if (first !== 'actions')
    return typeof first === 'string' && first in EMPTY_FIELDS ? (first as FormFieldName) : null;
  const number = ((typeof index === 'number' ? shownButtons[index] : undefined) ?? 0) + 1;
  return buttonField(number, part === 'url' ? 'Url' : 'Title');
}

function wordsOf(name: FormFieldName, message: string): string {
  if (name === 'ttlSeconds') return 'Enter a whole number of seconds from 0 to 2,592,000 (30 days).';
  if (name === 'vibrate')
    return `Enter up to ${MAX_VIBRATION_STEPS} whole numbers of milliseconds, each at most 10,000, such as 200, 100, 200.`;
  if (name === 'appBadge') return 'Enter a whole number from 0 to 1,000,000, or leave it empty.';
  if (isButtonText(name)) return 'Enter a button text of at most 60 characters.';
  return message;
}

/** The size is counted while a message is still being written, so this takes fields that are not right yet. */
export function sizedMessageOf(fields: MessageFields): Message {
  const { ttlSeconds, vibrate, ...rest } = candidateOf(fields);
  return {
    ...rest,
    actions: [...rest.actions],
    ttlSeconds: ttlSeconds === '' ? 0 : ttlSeconds,
    vibrate: vibrate.filter((time) => !Number.isNaN(time)),
  };
}
