import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocation } from 'wouter';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { visibleOwnText } from '../../../electron/core/text/visible-text.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { CANARY, wishOf } from '../../compose-draft/canary.ts';
import { useDrafts } from '../../compose-draft/use-draft.ts';
import { editOf, WHEN } from '../../compose-draft/when.ts';
import { countOf } from '../../format/numbers.ts';
import { SCREENS } from '../../navigation/screens.ts';
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx';
import { useNow } from '../../ui/Now.tsx';
import { toast } from '../../ui/toast.ts';
import { MoveDialog } from './MoveDialog.tsx';

const failed = (error: unknown) => {
  const { cause, cure } = problemOf(error);
  toast(`${cause} ${cure}`);
};

/** Takes a scheduled campaign into Compose as a draft; those that are there stay as they are. */
function useEdit({ id }: Campaign) {
  const { campaigns } = useQueries();
  const [, navigate] = useLocation();
  const { begin } = useDrafts();
  return useMutation({
    async mutationFn() {
      const { message, schedule, hours, canary, messagesPerMinute, edition } = await campaigns.get.call({
        id,
      });
      // Asked afterwards: if it was changed in between, the one being edited is older, and saving says so.
      const audience = await campaigns.audienceOf.call({ id });
      const when = schedule && editOf({ id, edition }, schedule, { hours, messagesPerMinute });
      const choices = { [CANARY]: wishOf(canary?.rules ?? null) };
      await begin({ message, audience, choices: when === null ? choices : { ...choices, [WHEN]: when } });
    },
    onSuccess() {
      navigate(SCREENS.compose.path);
    },
    onError: failed,
  });
}

/** What Send now does, in sentences of which the first goes on after the title. */
function sendingNow({ schedule, hours, canary }: Campaign, now: number): string[] {
  const quiet = hours?.quiet ?? null;
  return [
    schedule?.perRecipient !== true
      ? 'is sent right away.'
      : schedule.startsAt > now
        ? 'is sent to everyone right away, whatever time it is where they are.'
        : 'is sent right away to those whose own time has passed. The others get it at their own time.',
    ...(canary === null ? [] : ['The canary gets it first.']),
    ...(quiet === null
      ? []
      : [`Where the recipient has quiet hours (${quiet.from} to ${quiet.to}), it waits until they end.`]),
  ];
}

/** What is done with a campaign that waits for its time. @param size of its buttons */
export function ScheduledActions({ campaign, size }: { campaign: Campaign; size?: 'compact-xs' }) {
  const { campaigns } = useQueries();
  const [open, setOpen] = useState<'move' | 'cancel' | 'send' | null>(null);
  const leave = () => {
    setOpen(null);
  };
  const cancel = useMutation(campaigns.cancel.mutationOptions({ onSuccess: leave }));
  const send = useMutation(campaigns.sendNow.mutationOptions({ onSuccess: leave }));
  const edit = useEdit(campaign);
  const now = useNow();
  const { id, recipients, schedule } = campaign;
  const title = visibleOwnText(campaign.message.title);
  const asks = (schedule?.asks ?? null) !== null;
  const look = size === undefined ? {} : { size };
  return (
    <>
      <Button
        {...look}
        variant="default"
        aria-label={`Edit ${title}`}
        disabled={edit.isPending}
        onClick={() => {
          edit.mutate();
        }}
      >
        Edit
      </Button>
      <Button
        {...look}
        variant="default"
        aria-label={`Move ${title}`}
        onClick={() => {
          setOpen('move');
        }}
      >
        Move
      </Button>
      <Button
        {...look}
        variant="default"
        aria-label={`Cancel ${title}`}
        onClick={() => {
          setOpen('cancel');
        }}
      >
        Cancel
      </Button>
      <Button
        {...look}
        variant={asks ? 'filled' : 'default'}
        aria-label={`Send ${title} now`}
        onClick={() => {
          setOpen('send');
        }}
      >
        Send now
      </Button>
      {open === 'move' && <MoveDialog campaign={campaign} onLeave={leave} />}
      <ConfirmDialog
        opened={open === 'send'}
        title={`Send to about ${countOf(recipients, 'recipient')} now?`}
        actLabel="Send now"
        leaveLabel="Keep waiting"
        isBusy={send.isPending}
        problem={send.error === null ? null : problemOf(send.error)}
        onLeave={leave}
        onAct={() => {
          send.mutate({ id });
        }}
      >
        “<bdi>{title}</bdi>” {sendingNow(campaign, now).join(' ')} Sent messages can’t be recalled.
      </ConfirmDialog>
      <ConfirmDialog
        opened={open === 'cancel'}
        title="Cancel this campaign?"
        actLabel="Cancel campaign"
        leaveLabel="Keep it"
        isDangerous
        isBusy={cancel.isPending}
        problem={cancel.error === null ? null : problemOf(cancel.error)}
        onLeave={leave}
        onAct={() => {
          cancel.mutate({ id });
        }}
      >
        “<bdi>{title}</bdi>” won’t be sent. Its message stays under Campaigns, and can be used again.
      </ConfirmDialog>
    </>
  );
}
