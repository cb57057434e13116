import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { segmentNameSchema, type Segment } from '../../../electron/contract/audience.ts';
import type { SubscriptionFilter } from '../../../electron/contract/subscriptions.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { filterSays } from '../../audience/filter.ts';
import { useFilterNames } from '../../audience/use-audience.ts';
import { Dialog, DialogButtons } from '../../ui/Dialog.tsx';
import { Form } from '../../ui/Form.tsx';
import { TEXT_DIRECTION } from '../../ui/text-direction.ts';
import { useSegmentActs } from './use-segment-acts.ts';

export type SegmentQuestion =
  | { kind: 'create'; filter: SubscriptionFilter }
  | { kind: 'rename'; segment: Segment };

interface SegmentDialogProps {
  question: SegmentQuestion | null;
  onClose: () => void;
  onSaved?: (segment: Segment) => void;
}

/** Asks for the name of a segment. */
export function SegmentDialog({ question, onClose, onSaved }: SegmentDialogProps) {
  const title = question?.kind === 'rename' ? `Rename “${question.segment.name}”` : 'Save as segment';
  return (
    <Dialog title={title} opened={question !== null} onClose={onClose} size={420}>
      {question !== null && <Naming question={question} onClose={onClose} onSaved={onSaved} />}
    </Dialog>
  );
}

interface NamingProps {
  question: SegmentQuestion;
  onClose: () => void;
  onSaved: ((segment: Segment) => void) | undefined;
}

function Naming({ question, onClose, onSaved }: NamingProps) {
  const { segments } = useQueries().audience;
  const { readAgain } = useSegmentActs();
  const names = useFilterNames(question.kind === 'create' ? [question.filter] : []);
  const [name, setName] = useState(question.kind === 'rename' ? question.segment.name : '');
  const [wrong, setWrong] = useState<string | null>(null);
  const [isTold, setTold] = useState(false);
  const saving = useMutation({
    onError(error) {
      setTold(problemOf(error).code === 'changed-elsewhere');
    },
    mutationFn: (wanted: string) =>
      question.kind === 'rename'
        ? segments.update.call({
            id: question.segment.id,
            name: wanted,
            // Once told that it has another name by now, the person may replace it.
            ...(isTold ? {} : { was: { name: question.segment.name } }),
          })
        : segments.create.call({ name: wanted, filter: question.filter }),
    onSuccess: async (segment) => {
      await readAgain();
      onClose();
      onSaved?.(segment);
    },
  });
  const problem = saving.error === null ? null : problemOf(saving.error);
  const atField = problem?.field === 'name' ? `${problem.cause} ${problem.cure}` : null;
  return (
    <Form
      problem={problem}
      onSubmit={() => {
        const checked = segmentNameSchema.safeParse(name);
        setWrong(checked.error?.issues[0]?.message ?? null);
        if (checked.success) saving.mutate(checked.data);
      }}
    >
      <TextInput
        label="Name"
        {...TEXT_DIRECTION}
        data-autofocus
        description={
          question.kind === 'create'
            ? `${filterSays(question.filter, names)}. It stays up to date as people come and go.`
            : undefined
        }
        value={name}
        error={wrong ?? atField}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setWrong(null);
          saving.reset();
        }}
      />
      <DialogButtons problem={atField === null ? problem : null}>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={saving.isPending}>
          {question.kind === 'rename' ? 'Rename' : 'Save segment'}
        </Button>
      </DialogButtons>
    </Form>
  );
}
