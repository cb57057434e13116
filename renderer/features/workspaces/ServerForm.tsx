import { Button, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Problem } from '../../../electron/contract/problem.ts';
import { useWorkspacesClient } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { DialogButtons } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { Notice } from '../../ui/Notice.tsx';

const FIELDS: readonly string[] = ['address', 'token'];

/** A Pushdesk on a server: its public address, and a token that only that server shows. */
export function ServerForm({ onDone }: { onDone: () => void }) {
  const client = useWorkspacesClient();
  const [problem, setProblem] = useState<Problem | null>(null);
  const [found, setFound] = useState<string | null>(null);
  const form = useForm({
    initialValues: { address: '', token: '' },
    validate: {
      address: (text) => (text.trim() === '' ? 'Enter the address of the server.' : null),
      token: (text) => (text.trim() === '' ? 'Enter an owner token.' : null),
    },
    onValuesChange() {
      setProblem(null);
      setFound(null);
    },
  });
  const onMutate = () => {
    setProblem(null);
    setFound(null);
  };
  const onError = (error: unknown) => {
    const told = problemOf(error);
    if (told.field !== undefined && FIELDS.includes(told.field))
      form.setFieldError(told.field, `${told.cause} ${told.cure}`);
    else setProblem(told);
  };
  const test = useMutation({
    mutationFn: (access: { address: string; token: string }) => client().testServer(access),
    onMutate,
    onError,
    onSuccess: ({ name, version }) => {
      setFound(`${name} answers with Pushdesk ${version}.`);
    },
  });
  const open = useMutation({
    mutationFn: (access: { address: string; token: string }) => client().openServer(access),
    onMutate,
    onError,
    onSuccess: onDone,
  });
  const isBusy = test.isPending || open.isPending;
  return (
    <Form
      problem={problem}
      onSubmit={form.onSubmit((values) => {
        if (!isBusy) open.mutate(values);
      })}
    >
      <div className="pd-workspaces__fields">
        <TextInput
          label="Address"
          description="The public address of the Pushdesk server."
          placeholder="https://push.example.org"
          data-autofocus
          spellCheck={false}
          {...form.getInputProps('address')}
        />
        <TextInput
          type="password"
          label="Owner token"
          description="Create it on the server, with the scope owner. Your key ring keeps it; without one, Pushdesk asks at each start."
          autoComplete="off"
          spellCheck={false}
          {...form.getInputProps('token')}
        />
      </div>
      {found !== null && <Notice tone="ok" role="status" cause={found} />}
      <DialogButtons problem={problem}>
        <Button
          variant="default"
          loading={test.isPending}
          disabled={open.isPending}
          onClick={() => {
            if (!form.validate().hasErrors) test.mutate(form.getValues());
          }}
        >
          Test connection
        </Button>
        <Button type="submit" loading={open.isPending} disabled={test.isPending}>
          Open
        </Button>
      </DialogButtons>
    </Form>
  );
}
