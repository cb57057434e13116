import { formFieldNames, type FormFieldName } from '../../words/message-fields.ts';
import type { FieldErrors } from '../../compose-draft/composition.ts';

/** The id that the input of a field has in the document. */
export const fieldId = (name: FormFieldName): string => `compose-${name}`;

/** The fields with an error, in the order of the form. */
export const faultyFields = (errors: FieldErrors): FormFieldName[] =>
  formFieldNames.filter((name) => errors[name] !== undefined);

/** Moves the focus into a field and the field into view. */
export function focusField(name: FormFieldName): void {
  const field = document.getElementById(fieldId(name));
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}
