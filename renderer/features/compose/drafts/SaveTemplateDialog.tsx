import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Template } from '../../../../electron/contract/templates.ts';
import { useQueries } from '../../../api/ApiProvider.tsx';
import { problemOf } from '../../../api/problem-of.ts';
import { Dialog, DialogButtons } from '../../../ui/Dialog.tsx';
import { toast } from '../../../ui/toast.ts';

const MAX_NAME = 80;

interface SaveTemplateDialogProps {
  message: Record<string, unknown>;
  known: readonly Omit<Template, 'message'>[];
  onClose: () => void;
}

/** Keeps a message under a name; one that has this name already is replaced only after the button says so. */
export function SaveTemplateDialog({ message, known, onClose }: SaveTemplateDialogProps) {
  const { templates } = useQueries();
  const title = message['title'];
  const [name, setName] = useState(typeof title === 'string' ? title.trim().slice(0, MAX_NAME) : '');
  const [isTold, setTold] = useState(false);
  const wanted = name.trim();
  const same = known.find((one) => keyOf(one.name) === keyOf(wanted));
  /** As they were when the dialog opened: one that was changed since is not replaced unnoticed. */
  const [seen] = useState(() => new Map(known.map(({ id, updatedAt }) => [id, updatedAt])));
  const save = useMutation({
    mutationFn: () =>
      same === undefined
        ? templates.create.call({ name: wanted, message })
        : templates.update.call({
            id: same.id,
            message,
            // Once told, the person may replace it.
            ...(isTold ? {} : { was: { updatedAt: seen.get(same.id) ?? same.updatedAt } }),
          }),
    onError(error) {
      setTold(problemOf(error).code === 'changed-elsewhere');
    },
    onSuccess() {
      toast('Template saved.');
      onClose();
    },
  });
  return (
    <Dialog title="Save as template" opened keepsTyped={false} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted !== '') save.mutate();
        }}
      >
        <TextInput
          label="Name"
          data-autofocus
          maxLength={MAX_NAME}
          value={name}
          description={
            same === undefined
              ? undefined
              : 'There is a template with this name. Its message will be replaced.'
          }
          onChange={(event) => {
            setName(event.currentTarget.value);
            setTold(false);
          }}
        />
        <DialogButtons problem={save.error === null ? null : problemOf(save.error)}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" loading={save.isPending} disabled={wanted === ''}>
            {same === undefined ? 'Save template' : 'Replace template'}
          </Button>
        </DialogButtons>
      </form>
    </Dialog>
  );
}

const keyOf = (name: string) => name.normalize('NFC').toLowerCase();
