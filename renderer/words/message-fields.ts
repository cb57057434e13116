import { MESSAGE_FIELDS, type MessageField, type MessageFieldName } from '../../electron/contract/message.ts';

export type FormFieldName =
  Exclude<MessageFieldName, 'actions'> | 'action1Title' | 'action1Url' | 'action2Title' | 'action2Url';

/** The fields of a message in the order of the form, with their labels. */
export const FIELD_LABELS: Readonly<Record<FormFieldName, string>> = {
  title: 'Title',
  body: 'Body',
  url: 'URL',
  iconUrl: 'Icon URL',
  badgeUrl: 'Badge URL',
  imageUrl: 'Image URL',
  action1Title: 'Button 1 text',
  action1Url: 'Button 1 link',
  action2Title: 'Button 2 text',
  action2Url: 'Button 2 link',
  ttlSeconds: 'TTL',
  urgency: 'Urgency',
  topic: 'Topic',
  tag: 'Tag',
  requireInteraction: 'Stay on screen until closed',
};

export const formFieldNames = Object.keys(FIELD_LABELS) as FormFieldName[];

/** Whether what stands in the field is an address. */
export function isAddressField(name: FormFieldName): boolean {
  if (name === 'action1Url' || name === 'action2Url') return true;
  if (name === 'action1Title' || name === 'action2Title') return false;
  return (MESSAGE_FIELDS[name] as MessageField).isLink === true;
}
