import type { FieldErrors, FieldName } from './composition.ts';

/** The fields of a message in the order of the form, with their labels. */
export const FIELD_LABELS: Record<FieldName, string> = {
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

/** The id that the input of a field has in the document. */
export const fieldId = (name: FieldName): string => `compose-${name}`;

/** The fields with an error, in the order of the form. */
export const faultyFields = (errors: FieldErrors): FieldName[] =>
  (Object.keys(FIELD_LABELS) as FieldName[]).filter((name) => errors[name] !== undefined);

/** Moves the focus into a field and the field into view. */
export function focusField(name: FieldName): void {
  const field = document.getElementById(fieldId(name));
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}
