import { Button, Select, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Act } from '../../../electron/contract/acts.ts';
import { keyPairIdSchema } from '../../../electron/contract/ids.ts';
import { labelSchema } from '../../../electron/contract/people.ts';
import { TagField } from '../../audience/TagField.tsx';
import { useKeyPairs } from '../../audience/use-audience.ts';
import { Dialog, DialogButtons } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { TEXT_DIRECTION } from '../../ui/text-direction.ts';
import { chosenWords, type Chosen } from './target.ts';

/** Acts that need some input first. */
export type AskingAct = 'tag' | 'untag' | 'set-key' | 'label';

interface ActDialogProps {
  kind: AskingAct | null;
  chosen: Chosen | null;
  onAct: (act: Act) => void;
  onClose: () => void;
}

/** Asks what the chosen rows are to get. */
export function ActDialog({ kind, chosen, onAct, onClose }: ActDialogProps) {
  const rows = chosen === null ? '' : chosenWords(chosen);
  const act = (next: Act) => {
    onClose();
    onAct(next);
  };
  const titles: Record<AskingAct, string> = {
    tag: `Tag ${rows}`,
    untag: `Remove tags from ${rows}`,
    'set-key': `Set the key pair of ${rows}`,
    label: `Label ${rows}`,
  };
  return (
    <Dialog title={kind === null ? '' : titles[kind]} opened={kind !== null} onClose={onClose} size={440}>
      {(kind === 'tag' || kind === 'untag') && <Tagging kind={kind} onAct={act} onClose={onClose} />}
      {kind === 'set-key' && <KeySetting onAct={act} onClose={onClose} />}
      {kind === 'label' && <Labelling onAct={act} onClose={onClose} />}
    </Dialog>
  );
}

interface PartProps {
  onAct: (act: Act) => void;
  onClose: () => void;
}

function Frame({
  actLabel,
  onSubmit,
  onClose,
  children,
}: {
  actLabel: string;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Form onSubmit={onSubmit}>
      {children}
      <DialogButtons>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit">{actLabel}</Button>
      </DialogButtons>
    </Form>
  );
}

function Tagging({ kind, onAct, onClose }: PartProps & { kind: 'tag' | 'untag' }) {
  const [tags, setTags] = useState<string[]>([]);
  const [error, setError] = useState<string | null>(null);
  return (
    <Frame
      actLabel={kind === 'tag' ? 'Add tags' : 'Remove tags'}
      onClose={onClose}
      onSubmit={() => {
        if (tags.length > 0) onAct({ kind, tags });
        else setError('Enter a tag, then press Enter.');
      }}
    >
      <TagField
        label="Tags"
        data-autofocus
        value={tags}
        error={error}
        description={
          kind === 'tag'
            ? 'Press Enter after each tag. Existing tags stay.'
            : 'Press Enter after each tag. Other tags stay.'
        }
        onChange={(next) => {
          setTags(next);
          setError(null);
        }}
      />
    </Frame>
  );
}

const UNKNOWN = 'unknown';

function KeySetting({ onAct, onClose }: PartProps) {
  const pairs = useKeyPairs();
  const [id, setId] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  return (
    <Frame
      actLabel="Set key pair"
      onClose={onClose}
      onSubmit={() => {
        if (id === null) setError('Choose a key pair.');
        else onAct({ kind: 'set-key', keyPairId: id === UNKNOWN ? null : keyPairIdSchema.parse(Number(id)) });
      }}
    >
      <Select
        label="Key pair"
        description="The key pair they subscribed with. Push services refuse messages signed with any other."
        data={[
          ...pairs.map((pair) => ({ value: String(pair.id), label: pair.name })),
          { value: UNKNOWN, label: 'Unknown' },
        ]}
        data-autofocus
        searchable
        value={id}
        error={error}
        onChange={(next) => {
          setId(next);
          setError(null);
        }}
      />
    </Frame>
  );
}

function Labelling({ onAct, onClose }: PartProps) {
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  return (
    <Frame
      actLabel={text.trim() === '' ? 'Remove label' : 'Set label'}
      onClose={onClose}
      onSubmit={() => {
        const label = text.trim() === '' ? null : labelSchema.safeParse(text);
        if (label === null) onAct({ kind: 'label', label });
        else if (label.success) onAct({ kind: 'label', label: label.data });
        else setError(label.error.issues[0]?.message ?? null);
      }}
    >
      <TextInput
        label="Label"
        description="Applies to each of them. Leave it empty to remove their labels."
        {...TEXT_DIRECTION}
        data-autofocus
        value={text}
        error={error}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setError(null);
        }}
      />
    </Frame>
  );
}
