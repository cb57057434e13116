import { Checkbox } from '@mantine/core';
import { fieldId } from './fields.ts';
import type { Composer } from './use-composer.ts';

/** What becomes of recipients without a value; nothing to choose in a message without variables. */
export function MissingValues({
  composer: { fields, set },
  error,
}: {
  composer: Composer;
  error: string | undefined;
}) {
  // Placeholders of a payload format are not variables.
  if (!JSON.stringify({ ...fields, ownFormat: '' }).includes('{{')) return null;
  return (
    <Checkbox
      id={fieldId('missingValues')}
      error={error}
      label="Leave out recipients without a value"
      description="Applies to variables without a fallback. {{city|your town}} has one."
      checked={fields.missingValues === 'leave-out'}
      onChange={(event) => {
        set({ missingValues: event.currentTarget.checked ? 'leave-out' : 'block' });
      }}
    />
  );
}
