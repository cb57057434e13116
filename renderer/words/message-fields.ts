import {
  MAX_ACTIONS,
  MESSAGE_FIELDS,
  type MessageField,
  type MessageFieldName,
} from '../../electron/contract/message.ts';

type ButtonFieldName = `action${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8}${'Title' | 'Url'}`;

export type FormFieldName = Exclude<MessageFieldName, 'actions'> | ButtonFieldName;

/** A field of the form in one of the other languages. */
export type LanguageFieldName = `${FormFieldName}@${string}`;

export const languageField = (name: FormFieldName, language: string): LanguageFieldName =>
  `${name}@${language}`;

/** A field's name apart from its language; an empty language is the default. */
export function partsOfField(field: FormFieldName | LanguageFieldName): {
  name: FormFieldName;
  language: string;
} {
  const [name, language = ''] = field.split('@');
  return { name: name as FormFieldName, language };
}

/** The field of a button, by its number from 1 to `MAX_ACTIONS`. */
export const buttonField = (number: number, part: 'Title' | 'Url') =>
  `action${number}${part}` as ButtonFieldName;

export const isButtonText = (name: string): boolean => /^action\d+Title$/.test(name);
const isButtonLink = (name: string): boolean => /^action\d+Url$/.test(name);

const ofButtons = Array.from({ length: MAX_ACTIONS }, (_, index) => [
  [buttonField(index + 1, 'Title'), `Button ${index + 1} text`],
  [buttonField(index + 1, 'Url'), `Button ${index + 1} link`],
]).flat() as [ButtonFieldName, string][];

/** The fields of a message in the order of the form, with their labels. */
export const FIELD_LABELS: Readonly<Record<FormFieldName, string>> = {
  title: 'Title',
  body: 'Body',
  url: 'URL',
  iconUrl: 'Icon URL',
  badgeUrl: 'Badge URL',
  imageUrl: 'Image URL',
  ...(Object.fromEntries(ofButtons) as Record<ButtonFieldName, string>),
  ttlSeconds: 'TTL',
  expiresAt: 'Expires',
  urgency: 'Urgency',
  topic: 'Topic',
  tag: 'Tag',
  renotify: 'Alert again when it replaces one with the same tag',
  requireInteraction: 'Stay on screen until closed',
  silent: 'Silent',
  vibrate: 'Vibration',
  timestamp: 'Time shown',
  appBadge: 'App badge',
  dir: 'Text direction',
  lang: 'Language',
  data: 'Data',
  texts: 'Other languages',
  missingValues: 'Leave out recipients without a value',
  utm: 'Campaign tracking',
  format: 'Payload format',
  ownFormat: 'Your format',
};

export const isFormField = (name: string | undefined): name is FormFieldName =>
  name !== undefined && Object.hasOwn(FIELD_LABELS, name);

export const formFieldNames = Object.keys(FIELD_LABELS) as FormFieldName[];

/** Whether the field holds an address. */
export function isAddressField(name: FormFieldName): boolean {
  if (isButtonLink(name)) return true;
  if (isButtonText(name)) return false;
  return (MESSAGE_FIELDS[name as MessageFieldName] as MessageField).isLink === true;
}
