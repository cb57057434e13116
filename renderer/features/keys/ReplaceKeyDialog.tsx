import { Button, Radio, Select, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { KeyPair } from '../../../electron/contract/keys.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { countOf } from '../../format/numbers.ts';
import { Dialog, DialogButtons } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { KeyFields } from './KeyFields.tsx';
import { SaveCopyButton } from './SaveCopyButton.tsx';
import { useKeyForm } from './use-key-form.ts';

interface ReplaceKeyDialogProps {
  opened: boolean;
  /** The pair in use. */
  pair: KeyPair;
  pairs: readonly KeyPair[];
  suggestedName: string;
  onClose: () => void;
}

/** Puts another key pair in use, a new one or an existing one, and says what becomes of those who subscribed with the old one. */
export function ReplaceKeyDialog({ opened, onClose, ...rest }: ReplaceKeyDialogProps) {
  const [next, setNext] = useState<KeyPair | null>(null);
  const close = () => {
    setNext(null);
    onClose();
  };
  return (
    <Dialog
      title={next === null ? `Replace “${rest.pair.name}”` : `Replace with “${next.name}”`}
      opened={opened}
      onClose={close}
    >
      {next === null ? (
        <Choose {...rest} onChosen={setNext} onClose={close} />
      ) : (
        <Confirm pair={rest.pair} next={next} onClose={close} />
      )}
    </Dialog>
  );
}

function Choose({
  pair,
  pairs,
  suggestedName,
  onChosen,
  onClose,
}: Omit<ReplaceKeyDialogProps, 'opened'> & { onChosen: (next: KeyPair) => void }) {
  const others = pairs.filter(({ id, canSign }) => id !== pair.id && canSign);
  const [kind, setKind] = useState<'new' | 'here'>('new');
  const [chosen, setChosen] = useState<string | null>(others[0] ? String(others[0].id) : null);
  const state = useKeyForm({ name: suggestedName, subject: pair.subject });
  const generate = useMutation(
    useQueries().keys.generate.mutationOptions({
      onSuccess: onChosen,
      onMutate: () => {
        state.takeRefusal(null);
      },
      onError: state.takeRefusal,
    }),
  );
  const isNew = kind === 'new' || others.length === 0;
  return (
    <Form
      onSubmit={(event) => {
        if (isNew) {
          state.form.onSubmit((values) => {
            generate.mutate(values);
          })(event);
          return;
        }
        event.preventDefault();
        const found = others.find(({ id }) => String(id) === chosen);
        if (found) onChosen(found);
      }}
    >
      <p className="pd-keys__made">
        People move to the new key the next time they visit your site, without being asked again. Until then,
        “{pair.name}” keeps sending to them.
      </p>
      <Stack gap="md">
        {others.length > 0 && (
          <Radio.Group
            label="Replace it with"
            value={kind}
            onChange={(value) => {
              setKind(value === 'here' ? 'here' : 'new');
            }}
          >
            <Stack gap="xs" mt="xs">
              <Radio value="new" label="A new key pair" />
              <Radio value="here" label="A key pair that you already have" />
            </Stack>
          </Radio.Group>
        )}
        {isNew ? (
          <KeyFields state={state} isFirst={others.length === 0} />
        ) : (
          <Select
            label="Key pair"
            data={others.map(({ id, name }) => ({ value: String(id), label: name }))}
            value={chosen}
            allowDeselect={false}
            onChange={setChosen}
          />
        )}
      </Stack>
      <DialogButtons problem={state.problem}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={generate.isPending}>
          Next
        </Button>
      </DialogButtons>
    </Form>
  );
}

function Confirm({ pair, next, onClose }: { pair: KeyPair; next: KeyPair; onClose: () => void }) {
  const [isCopied, setCopied] = useState(next.copiedAt !== null);
  const use = useMutation(useQueries().keys.use.mutationOptions({ onSuccess: onClose }));
  const { active } = pair.subscriptions;
  return (
    <>
      {!isCopied && (
        <p className="pd-keys__made">
          Save a copy of “{next.name}” first: only this key can send to the people who move to it. Keep the
          file safe, because anyone who has it can send in your name.
        </p>
      )}
      <p className="pd-keys__made">
        From now on, browsers subscribe with “{next.name}”.{' '}
        {active > 0 &&
          `${countOf(active, 'subscription')} of “${pair.name}” will move, each on its next visit. `}
        If your site uses its own code with the public key, update it there as well.
      </p>
      <p className="pd-soft">Keep “{pair.name}” until Keys says that everyone has moved. You can go back.</p>
      <DialogButtons problem={use.error ? problemOf(use.error) : null}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        {!isCopied && (
          <SaveCopyButton
            id={next.id}
            look={{ variant: 'default' }}
            onSaved={() => {
              setCopied(true);
            }}
          />
        )}
        <Button
          loading={use.isPending}
          onClick={() => {
            use.mutate({ id: next.id });
          }}
        >
          Replace key
        </Button>
      </DialogButtons>
    </>
  );
}
