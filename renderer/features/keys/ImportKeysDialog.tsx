import { Button, Stack, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyPair } from '../../../electron/contract/keys.ts';
import { readKeyPairText } from '../../../electron/core/keys/key-pair-text.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { Dialog, DialogButtons } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { KeyFields } from './KeyFields.tsx';
import { useKeyForm } from './use-key-form.ts';

interface ImportKeysDialogProps {
  opened: boolean;
  suggestedName: string;
  onClose: () => void;
  onDone: (pair: KeyPair) => void;
}

export function ImportKeysDialog({ opened, onClose, ...form }: ImportKeysDialogProps) {
  return (
    <Dialog title="Import keys" opened={opened} onClose={onClose} size={560}>
      <ImportKeysForm {...form} />
    </Dialog>
  );
}

function ImportKeysForm({ suggestedName, onDone }: Pick<ImportKeysDialogProps, 'suggestedName' | 'onDone'>) {
  const [text, setText] = useState('');
  const [isPressed, setPressed] = useState(false);
  const state = useKeyForm({ name: suggestedName, subject: '' });
  const importKeys = useMutation(
    useQueries().keys.import.mutationOptions({
      onSuccess: onDone,
      onMutate: () => {
        state.takeRefusal(null);
      },
      onError: state.takeRefusal,
    }),
  );
  const read = readKeyPairText(text);
  const isShown = isPressed || text.trim() !== '';
  const problem = read.kind === 'refused' && isShown ? read.problem : null;
  return (
    <Form
      problem={state.refused}
      onSubmit={(event) => {
        setPressed(true);
        state.form.onSubmit((values) => {
          if (read.kind === 'read') importKeys.mutate({ ...values, text });
        })(event);
      }}
    >
      <Stack gap="md">
        <Textarea
          label="Keys"
          description="What web-push generate-vapid-keys printed, or just the private key. The public key is derived from it."
          placeholder={'Public Key:\nB…\n\nPrivate Key:\n…'}
          classNames={{ input: 'pd-mono' }}
          data-autofocus
          autosize
          minRows={5}
          maxRows={10}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
          }}
          error={problem && `${problem.cause} ${problem.cure}`}
        />
        <KeyFields state={state} isFirst={false} />
      </Stack>
      <DialogButtons problem={state.problem}>
        <Button type="submit" loading={importKeys.isPending}>
          Import keys
        </Button>
      </DialogButtons>
    </Form>
  );
}
