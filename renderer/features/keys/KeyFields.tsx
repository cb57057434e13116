import { Stack, TextInput } from '@mantine/core';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { TEXT_DIRECTION } from '../../ui/text-direction.ts';
import type { KeyForm } from './use-key-form.ts';

/** Name and contact of a key pair. Where they come first in a dialog the person begins to write there. */
export function KeyFields({
  state: { form, warning, leaveContact },
  isFirst = true,
}: {
  state: KeyForm;
  isFirst?: boolean;
}) {
  return (
    <Stack gap="md">
      <TextInput
        label="Name"
        description="Only you see it."
        placeholder="My site"
        {...TEXT_DIRECTION}
        data-autofocus={isFirst || undefined}
        {...form.getInputProps('name')}
      />
      <TextInput
        label="Contact"
        description="Push services write here if your messages cause trouble. An email address or a web page."
        placeholder="mailto:you@example.com"
        inputMode="email"
        spellCheck={false}
        {...form.getInputProps('subject')}
        onBlur={leaveContact}
      />
      {warning && <ProblemNotice problem={warning} tone="warn" />}
    </Stack>
  );
}
