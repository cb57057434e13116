import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { KeyPair } from '../../../electron/contract/key-pair.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { Dialog, DialogButtons } from '../../ui/Dialog.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { KeyFields } from './KeyFields.tsx';
import { useKeyForm } from './use-key-form.ts';

interface GenerateKeysDialogProps {
  opened: boolean;
  /** Proposed for the name field. */
  suggestedName: string;
  onClose: () => void;
  onDone: (pair: KeyPair) => void;
}

export function GenerateKeysDialog({ opened, onClose, ...form }: GenerateKeysDialogProps) {
  return (
    <Dialog title="Generate keys" opened={opened} onClose={onClose}>
      <GenerateKeysForm {...form} />
    </Dialog>
  );
}

function GenerateKeysForm({
  suggestedName,
  onDone,
}: Pick<GenerateKeysDialogProps, 'suggestedName' | 'onDone'>) {
  const state = useKeyForm({ name: suggestedName, subject: '' });
  const generate = useMutation(useQueries().keys.generate.mutationOptions({ onSuccess: onDone }));
  return (
    <form
      onSubmit={state.form.onSubmit((values) => {
        generate.mutate(values);
      })}
    >
      <KeyFields state={state} />
      {generate.error && <ProblemNotice problem={problemOf(generate.error)} />}
      <DialogButtons>
        <Button type="submit" loading={generate.isPending}>
          Generate keys
        </Button>
      </DialogButtons>
    </form>
  );
}
