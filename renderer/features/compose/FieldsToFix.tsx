import { Fragment, useEffect, useState } from 'react';
import { Notice } from '../../ui/Notice.tsx';
import type { FieldErrors } from '../../compose-draft/composition.ts';
import { partsOfField, type FormFieldName, type LanguageFieldName } from '../../words/message-fields.ts';
import { faultyFields, focusField, labelOfField } from './fields.ts';

/** Which fields keep the message from being sent; each name leads to its field. */
export function FieldsToFix({
  errors,
  onLanguage,
}: {
  errors: FieldErrors;
  /** Brings the fields of a language onto the screen; an empty one is the default. */
  onLanguage: (language: string) => void;
}) {
  const fields = faultyFields(errors);
  const [wanted, setWanted] = useState<{ name: FormFieldName | LanguageFieldName } | null>(null);
  // Once the fields of its language are on the screen.
  useEffect(() => {
    if (wanted !== null) focusField(wanted.name);
  }, [wanted]);
  if (fields.length === 0) return null;
  return (
    <Notice
      tone="bad"
      role="alert"
      cause={
        <>
          {fields.length === 1 ? 'Fix 1 field: ' : `Fix ${fields.length} fields: `}
          {fields.map((name, index) => (
            <Fragment key={name}>
              {index > 0 && ', '}
              <button
                type="button"
                className="pd-compose__fix"
                onClick={() => {
                  onLanguage(partsOfField(name).language);
                  setWanted({ name });
                }}
              >
                {labelOfField(name)}
              </button>
            </Fragment>
          ))}
          .
        </>
      }
    />
  );
}
