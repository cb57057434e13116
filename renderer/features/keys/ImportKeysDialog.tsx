import { Button, FileButton, Stack, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { MAX_KEY_TEXT, type KeyPair, type KeyTextReading } from '../../../electron/contract/keys.ts';
import type { Problem } from '../../../electron/contract/problem.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { Dialog, DialogButtons } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { FoundKeys } from './FoundKeys.tsx';
import { KeyFields } from './KeyFields.tsx';
import { keyFileText } from './key-file-text.ts';
import { useKeyForm } from './use-key-form.ts';

interface ImportKeysDialogProps {
  opened: boolean;
  suggestedName: string;
  onClose: () => void;
  onDone: (pair: KeyPair) => void;
}

export function ImportKeysDialog({ opened, onClose, ...form }: ImportKeysDialogProps) {
  return (
    <Dialog title="Import keys" opened={opened} onClose={onClose} size={600}>
      <ImportKeysForm {...form} />
    </Dialog>
  );
}

const TOO_LONG: Problem = {
  code: 'key-text-too-long',
  cause: 'This text is too long to search for keys.',
  cure: 'Paste only the part that has the keys.',
  field: 'text',
};
const EMPTY: Problem = {
  code: 'key-text-no-private-key',
  cause: 'There are no keys yet.',
  cure: 'Paste the private key, or both keys.',
  field: 'text',
};

function ImportKeysForm({ suggestedName, onDone }: Pick<ImportKeysDialogProps, 'suggestedName' | 'onDone'>) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isPressed, setPressed] = useState(false);
  const state = useKeyForm({ name: suggestedName, subject: '' });
  const reading = useKeyReading(text, (subject) => {
    if (state.form.values.subject.trim() === '') state.form.setFieldValue('subject', subject);
  });
  const { keys } = useQueries();
  const importOne = useMutation(keys.import.mutationOptions());
  const pairs = reading?.pairs ?? [];
  const isChoice = pairs.length > 1;
  const picked = isChoice ? pairs.filter(({ publicKey }) => chosen.includes(publicKey)) : pairs;
  // A press that comes before the reading is done is not lost: the engine reads the text again in any case.
  const wanted = reading === null && text.trim() !== '' ? [null] : picked;
  const isShort = isChoice && wanted.length === 0;
  const problem = problemOfText(text, reading, isPressed);

  const importAll = async (values: { name: string; subject: string }) => {
    state.takeRefusal(null);
    let last: KeyPair | null = null;
    try {
      // One after another: each takes the next free name.
      for (const pair of wanted) {
        const choice = isChoice && pair !== null ? { publicKey: pair.publicKey } : {};
        last = await importOne.mutateAsync({ ...values, text, ...choice });
      }
    } catch (error) {
      state.takeRefusal(error);
      return;
    }
    if (last !== null) onDone(last);
  };

  return (
    <Form
      problem={state.refused}
      onSubmit={(event) => {
        setPressed(true);
        state.form.onSubmit((values) => {
          if (problem === null && wanted.length > 0) void importAll(values);
        })(event);
      }}
    >
      <Stack gap="md">
        <div className="pd-keys__paste">
          <Textarea
            label="Keys"
            description="Paste the private key, or any text that has it: library output, settings, PEM, JWK."
            placeholder={'Public Key:\nB…\n\nPrivate Key:\n…'}
            classNames={{ input: 'pd-mono' }}
            data-autofocus
            autosize
            minRows={5}
            maxRows={8}
            spellCheck={false}
            autoComplete="off"
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              setChosen([]);
            }}
            error={problem && `${problem.cause} ${problem.cure}`}
          />
          <FileButton
            onChange={(file) => {
              if (file !== null)
                void keyFileText(file).then((opened) => {
                  setText(opened);
                  setChosen([]);
                });
            }}
          >
            {(props) => (
              <Button {...props} size="compact-xs" variant="subtle" className="pd-keys__open">
                Open file
              </Button>
            )}
          </FileButton>
        </div>
        {reading !== null && pairs.length > 0 && (
          <FoundKeys
            reading={reading}
            chosen={chosen}
            onChoose={setChosen}
            isMissing={isPressed && isShort}
          />
        )}
        <KeyFields state={state} isFirst={false} />
      </Stack>
      <DialogButtons problem={state.problem}>
        <Button type="submit" loading={importOne.isPending}>
          Import keys
        </Button>
      </DialogButtons>
    </Form>
  );
}

/** What the engine finds in a text; `null` until it has said so. `onContact`: is told the contact given beside the keys. */
function useKeyReading(text: string, onContact: (subject: string) => void): KeyTextReading | null {
  const [asked] = useDebouncedValue(text, 120);
  const isReadable = asked.trim() !== '' && asked.length <= MAX_KEY_TEXT;
  const { data } = useQuery({
    ...useQueries().keys.read.queryOptions({ input: { text: asked } }),
    enabled: isReadable,
    // A text with a private key in it is not kept longer than the dialog shows it.
    gcTime: 0,
    staleTime: Infinity,
  });
  const [told, setTold] = useState<KeyTextReading | null>(null);
  const current = asked === text && isReadable ? (data ?? null) : null;
  if (current !== null && current !== told) {
    setTold(current);
    if (current.subject !== null && current.pairs.length > 0) onContact(current.subject);
  }
  return current;
}

function problemOfText(text: string, reading: KeyTextReading | null, isPressed: boolean): Problem | null {
  if (text.trim() === '') return isPressed ? EMPTY : null;
  return text.length > MAX_KEY_TEXT ? TOO_LONG : (reading?.problem ?? null);
}
