import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyPair } from '../../../electron/contract/keys.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { Form } from '../../ui/Form.tsx';
import { useHeldWork } from '../../ui/held-work.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { KeyFields } from './KeyFields.tsx';
import { useKeyForm, type KeyFormValues } from './use-key-form.ts';

/** Name and contact in place; the buttons come once something has changed. */
export function KeyEditForm({ pair }: { pair: KeyPair }) {
  const [began] = useState<KeyFormValues>({ name: pair.name, subject: pair.subject });
  const state = useKeyForm(began);
  const update = useMutation(
    useQueries().keys.update.mutationOptions({
      onMutate: () => {
        state.takeRefusal(null);
      },
      onError: state.takeRefusal,
    }),
  );
  useHeldWork(state.form.isDirty() ? 'Discard your changes?' : null);
  return (
    <Form
      problem={state.refused}
      onSubmit={state.form.onSubmit((values) => {
        const changed = (['name', 'subject'] as const).filter((field) => state.form.isDirty(field));
        const those = (from: KeyFormValues) =>
          Object.fromEntries(changed.map((field) => [field, from[field]]));
        // Once told what is there now, the person may replace it.
        const isTold = state.refused?.code === 'changed-elsewhere';
        update.mutate({ id: pair.id, ...those(values), was: those(isTold ? pair : began) });
      })}
    >
      <KeyFields state={state} />
      {state.problem && <ProblemNotice problem={state.problem} />}
      {state.form.isDirty() && (
        <Group gap="xs" mt="sm">
          <Button type="submit" size="xs" loading={update.isPending}>
            Save changes
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color="gray"
            onClick={() => {
              state.form.reset();
            }}
          >
            Discard
          </Button>
        </Group>
      )}
    </Form>
  );
}
