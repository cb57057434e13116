import {
  FIELD_LABELS,
  formFieldNames,
  partsOfField,
  type FormFieldName,
  type LanguageFieldName,
} from '../../words/message-fields.ts';
import { languageName } from '../../words/languages.ts';
import type { FieldErrors } from '../../compose-draft/composition.ts';

/** The id that the input of a field has in the document. */
export const fieldId = (name: FormFieldName | LanguageFieldName): string => `compose-${name}`;

/** The fields with an error, in the order of the form; those of other languages after them. */
export const faultyFields = (errors: FieldErrors): (FormFieldName | LanguageFieldName)[] =>
  (Object.keys(errors) as (FormFieldName | LanguageFieldName)[])
    .filter((field) => errors[field] !== undefined)
    .map((field) => ({ field, ...partsOfField(field) }))
    .toSorted(
      (one, other) =>
        one.language.localeCompare(other.language) ||
        formFieldNames.indexOf(one.name) - formFieldNames.indexOf(other.name),
    )
    .map(({ field }) => field);

/** What a field is called where it stands among fields of other languages. */
export function labelOfField(field: FormFieldName | LanguageFieldName): string {
  const { name, language } = partsOfField(field);
  return language === '' ? FIELD_LABELS[name] : `${FIELD_LABELS[name]} (${languageName(language)})`;
}

/** Moves the focus into a field and the field into view. */
export function focusField(name: FormFieldName | LanguageFieldName): void {
  const field = document.getElementById(fieldId(name));
  field?.scrollIntoView({ block: 'center' });
  field?.focus({ preventScroll: true });
}
