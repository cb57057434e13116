import type { FieldErrors, MessageFields } from '../../compose-draft/composition.ts';
import { supportHint, type OptionalPart } from '../../../electron/core/message/browser-support.ts';
import { FIELD_LABELS } from '../../words/message-fields.ts';
import { takesVariables } from '../../../electron/core/message/variables/personal.ts';
import { fieldId } from './fields.ts';
import { InsertVariable } from './variables/InsertVariable.tsx';

/** Those that hold any text, as the person types it. */
export type TextField = {
  [Name in keyof MessageFields]: string extends MessageFields[Name] ? Name : never;
}[keyof MessageFields];

export interface FieldsProps {
  fields: MessageFields;
  errors: FieldErrors;
  set: (change: Partial<MessageFields>) => void;
}

/** Props for the input of a text. */
export const textProps =
  ({ fields, errors, set }: FieldsProps) =>
  (name: TextField) => ({
    id: fieldId(name),
    label: FIELD_LABELS[name],
    value: fields[name],
    error: errors[name],
    onChange: (event: { currentTarget: { value: string } }) => {
      set({ [name]: event.currentTarget.value });
    },
    ...(takesVariables(name) && {
      rightSection: (
        <InsertVariable
          field={fieldId(name)}
          label={FIELD_LABELS[name]}
          value={fields[name]}
          isJson={name === 'data'}
          onChange={(value) => {
            set({ [name]: value });
          }}
        />
      ),
    }),
  });

/** For a text of several lines: what is at its right is beside the first of them. */
export const TALL = { rightSectionProps: { className: 'pd-compose__variable' } } as const;

/** A sentence about a field, and which systems do not show it. */
export const hint = (part: OptionalPart, before = '') =>
  [before, supportHint(part)].filter(Boolean).join(' ');

/** How many of them are set, in words; `undefined`: none. */
export function setWords(values: readonly boolean[]): string | undefined {
  const count = values.filter(Boolean).length;
  return count === 0 ? undefined : `${count} set`;
}
