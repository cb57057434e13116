import { z } from 'zod';
import {
  audienceSchema,
  type Audience,
  type AudiencePart,
} from '../../electron/contract/campaign-audience.ts';
import type { Draft } from '../../electron/contract/campaigns.ts';
import type { SubscriptionId } from '../../electron/contract/ids.ts';
import { hiddenCharacterCure } from '../../electron/contract/characters.ts';
import type { FormFieldName } from '../words/message-fields.ts';
import { assertNever } from '../../electron/core/assert-never.ts';
import {
  DEAD_LINK,
  deadLinksIn,
  hiddenIn,
  MAX_TITLE_LENGTH,
  MESSAGE_FIELDS,
  messageFieldNames,
  messageSchema,
  TITLE_TOO_LONG,
  urgencySchema,
  type Message,
  type MessageField,
  type MessageFieldName,
} from '../../electron/contract/message.ts';

/** What stands in the fields: nothing is checked yet, so that a half-written message is never lost. */
export interface MessageFields extends Omit<Message, 'actions' | 'ttlSeconds'> {
  /** Two buttons; one without text and link is no button. */
  actions: readonly [ButtonFields, ButtonFields];
  /** Seconds; empty while the person types. */
  ttlSeconds: number | '';
}

export interface ButtonFields {
  title: string;
  url: string;
}

const NO_BUTTON: ButtonFields = { title: '', url: '' };

/** The schema of a title that may be empty still: the preflight speaks of it. */
const draftTitle = z.string().trim().max(MAX_TITLE_LENGTH, TITLE_TOO_LONG);

export const EMPTY_FIELDS: MessageFields = {
  ...messageSchema.extend({ title: draftTitle }).parse({ title: '' }),
  actions: [NO_BUTTON, NO_BUTTON],
};

const text = z.string().catch('');
const button = z.object({ title: text, url: text }).catch(NO_BUTTON);

/** Reads a draft of any age: a field that is missing or odd is as in an empty one, the others stay as they were written. */
const fieldsSchema = z.object({
  ...(Object.fromEntries(messageFieldNames.map((name) => [name, asWritten(EMPTY_FIELDS[name])])) as Record<
    MessageFieldName,
    z.ZodType<never>
  >),
  actions: z
    .array(button)
    .transform(([first, second]): [ButtonFields, ButtonFields] => [first ?? NO_BUTTON, second ?? NO_BUTTON])
    .catch([NO_BUTTON, NO_BUTTON]),
  ttlSeconds: z.union([z.number(), z.literal('')]).catch(86_400),
  urgency: urgencySchema.catch('normal'),
}) as unknown as z.ZodType<MessageFields>;

/** Of the kind of a value, and that value where it is of another kind. */
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

/** The choice that an audience stands for; one id is a choice of one. */
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
}

export const draftOf = ({ fields, choice }: Composition): Draft => ({
  message: { ...fields },
  audience: audienceOf(choice),
});

/** What a kept draft puts into the fields; nothing kept gives an empty message to everyone. */
export function compositionOf(draft: Draft | null): Composition {
  if (!draft) return { fields: EMPTY_FIELDS, choice: { kind: 'everyone' } };
  const audience = audienceSchema.nullable().safeParse(draft.audience);
  return {
    fields: fieldsSchema.parse(draft.message),
    choice: choiceOf(audience.success ? audience.data : null),
  };
}

/** Whether anything was written: options alone are no work that could be lost. */
export function isBlank(fields: MessageFields): boolean {
  const texts = messageFieldNames.flatMap((name) => {
    const { text: rule } = MESSAGE_FIELDS[name] as MessageField;
    const value = fields[name];
    return rule !== undefined && typeof value === 'string' ? [value] : [];
  });
  return [...texts, ...fields.actions.flatMap((one) => [one.title, one.url])].every(
    (written) => written.trim() === '',
  );
}

/** Whether two messages read alike to those who get them. */
export const isSameMessage = (one: MessageFields, other: MessageFields): boolean =>
  JSON.stringify(fieldsSchema.parse(one)) === JSON.stringify(fieldsSchema.parse(other));

/** A message as the contract has it, of whatever the fields hold. */
function candidateOf(fields: MessageFields) {
  return {
    ...fields,
    actions: fields.actions.filter(({ title, url }) => title.trim() !== '' || url.trim() !== ''),
  };
}

export type FieldErrors = Partial<Record<FormFieldName, string>>;

/** The message, or what is wrong by field. An empty title is let through: the preflight speaks of it. */
export function checkFields(fields: MessageFields): { message: Message | null; errors: FieldErrors } {
  const result = messageSchema.extend({ title: draftTitle }).safeParse(candidateOf(fields));
  // Also where other fields are not right yet: all that is to be fixed is said at once.
  const written = sizedMessageOf(fields);
  const hidden = hiddenIn(written);
  const dead = deadLinksIn(written);
  if (result.success && hidden.length + dead.length === 0) return { message: result.data, errors: {} };
  const shown = fields.actions.flatMap(({ title, url }, index) =>
    title.trim() === '' && url.trim() === '' ? [] : [index],
  );
  const errors: FieldErrors = {};
  for (const issue of result.error?.issues ?? []) {
    const name = fieldNameOf(issue.path, shown);
    if (name) errors[name] ??= wordsOf(name, issue.message);
  }
  for (const { path, character } of hidden) {
    const name = fieldNameOf(path, shown);
    if (name) errors[name] ??= hiddenCharacterCure(character);
  }
  for (const path of dead) {
    const name = fieldNameOf(path, shown);
    if (name) errors[name] ??= DEAD_LINK;
  }
  return { message: null, errors };
}

function fieldNameOf(path: readonly PropertyKey[], shownButtons: readonly number[]): FormFieldName | null {
  const [first, index, part] = path;
  if (first !== 'actions')
    return typeof first === 'string' && first in EMPTY_FIELDS ? (first as FormFieldName) : null;
  const number = (typeof index === 'number' ? shownButtons[index] : undefined) === 1 ? 2 : 1;
  return part === 'url' ? `action${number}Url` : `action${number}Title`;
}

function wordsOf(name: FormFieldName, message: string): string {
  if (name === 'ttlSeconds') return 'Enter a whole number of seconds from 0 to 2,592,000 (30 days).';
  if (name === 'action1Title' || name === 'action2Title')
    return 'Enter a button text of at most 60 characters.';
  return message;
}

/** The size is counted while a message is still being written, so this takes fields that are not right yet. */
export function sizedMessageOf(fields: MessageFields): Message {
  const { ttlSeconds, ...rest } = candidateOf(fields);
  return { ...rest, actions: [...rest.actions], ttlSeconds: ttlSeconds === '' ? 0 : ttlSeconds };
}
