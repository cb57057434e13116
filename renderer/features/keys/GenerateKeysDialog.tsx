import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyPair } from '../../../electron/contract/keys.ts';
import { closedPairOf } from '../../../electron/core/keys/private-half.ts';
import { useIsRemote, useQueries } from '../../api/ApiProvider.tsx';
import { Dialog, DialogButtons } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { KeyFields } from './KeyFields.tsx';
import { SaveCopyButton } from './SaveCopyButton.tsx';
import { useKeyForm } from './use-key-form.ts';

interface GenerateKeysDialogProps {
  opened: boolean;
  /** Proposed for the name field. */
  suggestedName: string;
  /** The existing ones: a new pair does not help one that cannot sign. */
  pairs: readonly KeyPair[];
  onClose: () => void;
  onDone: (pair: KeyPair) => void;
}

/** Makes a key pair, then offers to save a copy of it. */
export function GenerateKeysDialog({ opened, onClose, onDone, ...form }: GenerateKeysDialogProps) {
  const isRemote = useIsRemote();
  const [made, setMade] = useState<KeyPair | null>(null);
  const leave = () => {
    setMade(null);
    if (made === null) onClose();
    else onDone(made);
  };
  return (
    <Dialog title={made === null ? 'Generate keys' : 'Save a copy'} opened={opened} onClose={leave}>
      {made === null ? (
        <GenerateKeysForm {...form} onMade={isRemote ? onDone : setMade} />
      ) : (
        <SaveCopy pair={made} onLeave={leave} />
      )}
    </Dialog>
  );
}

function GenerateKeysForm({
  suggestedName,
  pairs,
  onMade,
}: Pick<GenerateKeysDialogProps, 'suggestedName' | 'pairs'> & { onMade: (pair: KeyPair) => void }) {
  const state = useKeyForm({ name: suggestedName, subject: '' });
  const generate = useMutation(
    useQueries().keys.generate.mutationOptions({
      onSuccess: onMade,
      onMutate: () => {
        state.takeRefusal(null);
      },
      onError: state.takeRefusal,
    }),
  );
  const closed = closedPairOf(pairs)?.privateHalfProblem;
  return (
    <Form
      problem={state.refused}
      onSubmit={state.form.onSubmit((values) => {
        generate.mutate(values);
      })}
    >
      {closed && <ProblemNotice problem={closed} tone="warn" />}
      <KeyFields state={state} />
      <DialogButtons problem={state.problem}>
        <Button type="submit" loading={generate.isPending}>
          Generate keys
        </Button>
      </DialogButtons>
    </Form>
  );
}

function SaveCopy({ pair, onLeave }: { pair: KeyPair; onLeave: () => void }) {
  return (
    <>
      <p className="pd-keys__made">
        “{pair.name}” is ready. Only this key can send to the people who subscribe with it. If this computer
        or its key ring is lost, you need a copy.
      </p>
      <p className="pd-soft">Keep the file somewhere safe: anyone who has it can send in your name.</p>
      <DialogButtons>
        <Button variant="default" onClick={onLeave}>
          Not now
        </Button>
        <SaveCopyButton id={pair.id} onSaved={onLeave} look={{}} />
      </DialogButtons>
    </>
  );
}
