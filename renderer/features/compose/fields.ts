import {
  FIELD_LABELS,
  formFieldNames,
  partsOfField,
  type FormFieldName,
  type LanguageFieldName,
} from '../../words/message-fields.ts';
import { languageName } from '../../../electron/core/text/language-name.ts';
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

/** What a field is called where it appears among fields of other languages. */
export function labelOfField(field: FormFieldName | LanguageFieldName): string {
  const { name, language } = partsOfField(field);
  return language === '' ? FIELD_LABELS[name] : `${FIELD_LABELS[name]} (${languageName(language)})`;
}

/** What is chosen besides the message, by the name that a problem gives it: the ids of where it is chosen. */
export const PLACE_IDS = {
  audience: 'compose-audience',
  schedule: 'compose-schedule',
  quietHours: 'compose-quiet-hours',
  canary: 'compose-canary',
} as const;
export type PlaceName = keyof typeof PLACE_IDS;

/** `undefined`: it is not one of these choices. */
export const placeOf = (field: string | undefined): PlaceName | undefined =>
  (Object.keys(PLACE_IDS) as PlaceName[]).find((name) => name === field);

/** Moves the focus into a field and the field into view. */
export function focusField(name: FormFieldName | LanguageFieldName): void {
  focusOn(fieldId(name));
}

/** The same for a choice: where it is made of several inputs, into the one that is chosen, or the first. */
export function focusPlace(name: PlaceName): void {
  focusOn(PLACE_IDS[name]);
}

const INPUTS = 'input, textarea, select, button';

function focusOn(id: string): void {
  const place = document.getElementById(id);
  const input = place?.matches(INPUTS)
    ? place
    : (place?.querySelector<HTMLElement>('input:checked') ?? place?.querySelector<HTMLElement>(INPUTS));
  input?.scrollIntoView({ block: 'center' });
  input?.focus({ preventScroll: true });
}
