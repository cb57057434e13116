import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Target } from '../../../electron/contract/acts.ts';
import type { Erased, EraseInput, ErasePreview } from '../../../electron/contract/erasure.ts';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { countOf } from '../../format/numbers.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { toast } from '../../ui/toast.ts';

/** All that match, and how many they are. */
type Matching = { target: Extract<Target, { filter: unknown }>; count: number };

interface EraseForGoodProps {
  /** Whose data goes: of these, or of all that match; `null`: all that is in the bin. */
  whose: readonly SubscriptionId[] | Matching | null;
  onErased?: () => void;
}

const WORD = 'erase';
/** The most rows that one call takes. */
const MAX_AT_ONCE = 10_000;
const NOTHING: ErasePreview = {
  subscriptions: 0,
  deliveries: null,
  open: null,
  backups: { folder: '', count: 0 },
};

/** The button and the dialog that remove subscriptions with all that is known about them. There is no undo. */
export function EraseForGood({ whose, onErased }: EraseForGoodProps) {
  const { subscriptions } = useQueries();
  const queryClient = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [first = { ids: [] }, ...others] = callsFor(whose);
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
    onSettled: () => {
      // Not waited for: if the line to a server is lost, lists are read once it is back, but why this failed is said now.
      void queryClient.invalidateQueries({ queryKey: subscriptions.key() });
    },
  });
  const isOne = whose !== null && countIn(whose) === 1;
  const isTyped = isOne || typed.trim().toLowerCase() === WORD;
  const failure = erasing.error ?? preview.error;
  return (
    <>
      <Button
        size="xs"
        variant="subtle"
        color="red"
        px={4}
        onClick={() => {
          erasing.reset();
          setOpen(true);
        }}
      >
        {whose === null ? 'Empty bin…' : 'Erase for good…'}
      </Button>
      <ConfirmDialog
        opened={isOpen}
        title={titleOf(whose)}
        actLabel="Erase for good"
        leaveLabel={isOne ? 'Keep it' : 'Keep them'}
        isDangerous
        isBusy={erasing.isPending}
        isReady={isTyped && preview.data !== undefined}
        problem={failure === null ? null : problemOf(failure)}
        onAct={() => {
          erasing.mutate();
        }}
        onLeave={close}
      >
        <EraseWords preview={wholeOf(preview.data ?? NOTHING, whose)} />
        {!isOne && (
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

const countIn = (whose: readonly SubscriptionId[] | Matching): number =>
  'target' in whose ? whose.count : whose.length;

function callsFor(ids: EraseForGoodProps['whose']): EraseInput[] {
  if (ids === null) return [{ ids }];
  if ('target' in ids) return [ids.target];
  const calls: { ids: SubscriptionId[] }[] = [];
  for (let at = 0; at < ids.length; at += MAX_AT_ONCE) calls.push({ ids: ids.slice(at, at + MAX_AT_ONCE) });
  return calls;
}

/** For more rows than one call takes, the deliveries are not counted. */
function wholeOf(preview: ErasePreview, ids: EraseForGoodProps['whose']): ErasePreview {
  if (ids === null || 'target' in ids || ids.length <= MAX_AT_ONCE) return preview;
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

function titleOf(whose: EraseForGoodProps['whose']): string {
  if (whose === null) return 'Empty the bin?';
  const count = countIn(whose);
  return count === 1 ? 'Erase this subscription?' : `Erase ${countOf(count, 'subscription')}?`;
}

function EraseWords({ preview: { subscriptions, deliveries, open, backups } }: { preview: ErasePreview }) {
  const what = deliveries === null ? 'all deliveries to them' : countOf(deliveries, 'delivery', 'deliveries');
  return (
    <>
      <p>
        This erases {countOf(subscriptions, 'subscription')} and {what}, with every request and answer.
        Campaign totals keep their numbers. You can’t undo this.
      </p>
      {open !== null && open > 0 && (
        <p>
          {countOf(open, 'unsent message')} will be cancelled. Messages already on their way can’t be
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
  return traces === 'gone' ? what : `${what} The last traces on disk are removed at the next start.`;
}
