import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { KeyPair } from '../../../electron/contract/keys.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { Form } from '../../ui/Form.tsx';
import { useHeldWork } from '../../ui/held-work.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { KeyFields } from './KeyFields.tsx';
import { useKeyForm } from './use-key-form.ts';

/** Name and contact in place; the buttons come once something has changed. */
export function KeyEditForm({ pair }: { pair: KeyPair }) {
  const state = useKeyForm({ name: pair.name, subject: pair.subject });
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
        update.mutate({ id: pair.id, ...values });
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
