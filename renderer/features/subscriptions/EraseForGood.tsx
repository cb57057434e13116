import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Erased, ErasePreview } from '../../../electron/contract/erasure.ts';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { countOf } from '../../format/numbers.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { toast } from '../../ui/toast.ts';

interface EraseForGoodProps {
  /** Whose data goes; `null`: all that lies in the bin. */
  ids: readonly SubscriptionId[] | null;
  onErased?: () => void;
}

const WORD = 'erase';
/** Most rows that one call takes. */
const MAX_AT_ONCE = 10_000;
const NOTHING: ErasePreview = {
  subscriptions: 0,
  deliveries: null,
  open: null,
  backups: { folder: '', count: 0 },
};

/** The button and the dialog that remove subscriptions with all that is known about them. There is no undo. */
export function EraseForGood({ ids, onErased }: EraseForGoodProps) {
  const { subscriptions } = useQueries();
  const queryClient = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [first = { ids: [] }, ...others] = callsFor(ids);
  const preview = useQuery(
    subscriptions.previewErase.queryOptions({ input: first, enabled: isOpen, staleTime: 0, gcTime: 0 }),
  );
  const close = () => {
    setOpen(false);
    setTyped('');
  };
  const erasing = useMutation({
    mutationFn: async () => {
      let all = await subscriptions.erase.call(first);
      for (const input of others) all = sumOf(all, await subscriptions.erase.call(input));
      return all;
    },
    onSuccess(erased) {
      close();
      toast(erasedWords(erased));
      onErased?.();
    },
    // What was erased before a failure is gone.
    onSettled: () => queryClient.invalidateQueries({ queryKey: subscriptions.key() }),
  });
  const isTyped = ids?.length === 1 || typed.trim().toLowerCase() === WORD;
  const failure = erasing.error ?? preview.error;
  return (
    <>
      <Button
        size="xs"
        variant="subtle"
        color="red"
        onClick={() => {
          erasing.reset();
          setOpen(true);
        }}
      >
        {ids === null ? 'Empty bin…' : 'Erase for good…'}
      </Button>
      <ConfirmDialog
        opened={isOpen}
        title={titleOf(ids)}
        actLabel="Erase for good"
        leaveLabel={ids?.length === 1 ? 'Keep it' : 'Keep them'}
        isDangerous
        isBusy={erasing.isPending}
        isReady={isTyped && preview.data !== undefined}
        problem={failure === null ? null : problemOf(failure)}
        onAct={() => {
          erasing.mutate();
        }}
        onLeave={close}
      >
        <EraseWords preview={wholeOf(preview.data ?? NOTHING, ids)} />
        {ids?.length !== 1 && (
          <TextInput
            mt="sm"
            label={`Type “${WORD}” to confirm`}
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(event) => {
              setTyped(event.currentTarget.value);
            }}
          />
        )}
      </ConfirmDialog>
    </>
  );
}

function callsFor(ids: EraseForGoodProps['ids']): { ids: SubscriptionId[] | null }[] {
  if (ids === null) return [{ ids }];
  const calls: { ids: SubscriptionId[] }[] = [];
  for (let at = 0; at < ids.length; at += MAX_AT_ONCE) calls.push({ ids: ids.slice(at, at + MAX_AT_ONCE) });
  return calls;
}

/** Of more rows than one call takes, the deliveries are not counted. */
function wholeOf(preview: ErasePreview, ids: EraseForGoodProps['ids']): ErasePreview {
  if (ids === null || ids.length <= MAX_AT_ONCE) return preview;
  return { ...preview, subscriptions: ids.length, deliveries: null, open: null };
}

function sumOf(one: Erased, other: Erased): Erased {
  return {
    ...other,
    count: one.count + other.count,
    deliveries: one.deliveries + other.deliveries,
    traces: one.traces === 'gone' ? other.traces : one.traces,
  };
}

function titleOf(ids: EraseForGoodProps['ids']): string {
  if (ids === null) return 'Empty the bin?';
  return ids.length === 1 ? 'Erase this subscription?' : `Erase ${countOf(ids.length, 'subscription')}?`;
}

function EraseWords({ preview: { subscriptions, deliveries, open, backups } }: { preview: ErasePreview }) {
  const what = deliveries === null ? 'all deliveries to them' : countOf(deliveries, 'delivery', 'deliveries');
  return (
    <>
      <p>
        This erases {countOf(subscriptions, 'subscription')} and {what}, with every request and answer.
        Campaign totals keep their numbers. You can't undo this.
      </p>
      {open !== null && open > 0 && (
        <p>
          {countOf(open, 'unsent message')} will be cancelled. Messages already on their way can't be
          recalled.
        </p>
      )}
      {backups.count > 0 && (
        <p>
          Not erased: {countOf(backups.count, 'backup')} from before updates, in <bdi>{backups.folder}</bdi>.
          Delete those files yourself if they must go too.
        </p>
      )}
    </>
  );
}

function erasedWords({ count, deliveries, traces }: Erased): string {
  const what = `Erased ${countOf(count, 'subscription')} and ${countOf(deliveries, 'delivery', 'deliveries')}.`;
  return traces === 'gone' ? what : `${what} The last traces on disk go at the next start.`;
}
