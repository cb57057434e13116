import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { KeyPair } from '../../../electron/contract/key-pair.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { KeyFields } from './KeyFields.tsx';
import { useKeyForm } from './use-key-form.ts';

/** Name and contact in place; the buttons come once something has changed. */
export function KeyEditForm({ pair }: { pair: KeyPair }) {
  const state = useKeyForm({ name: pair.name, subject: pair.subject });
  const update = useMutation(useQueries().keys.update.mutationOptions());
  return (
    <form
      onSubmit={state.form.onSubmit((values) => {
        update.mutate({ id: pair.id, ...values });
      })}
    >
      <KeyFields state={state} />
      {update.error && <ProblemNotice problem={problemOf(update.error)} />}
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
    </form>
  );
}
