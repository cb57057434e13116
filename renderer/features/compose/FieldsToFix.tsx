import { Fragment } from 'react';
import { Notice } from '../../ui/Notice.tsx';
import type { FieldErrors } from '../../compose-draft/composition.ts';
import { FIELD_LABELS } from '../../words/message-fields.ts';
import { faultyFields, focusField } from './fields.ts';

/** Which fields keep the message from being sent; each name leads to its field. */
export function FieldsToFix({ errors }: { errors: FieldErrors }) {
  const fields = faultyFields(errors);
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
                  focusField(name);
                }}
              >
                {FIELD_LABELS[name]}
              </button>
            </Fragment>
          ))}
          .
        </>
      }
    />
  );
}
