import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, skipToken, useQuery, type QueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { useApi, useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import type { Timing } from '../../compose-draft/when.ts';
import { createSendMachine, type Send, type SendInput, type SendMachine } from './send-machine.ts';
import type { DraftSession } from '../../compose-draft/draft-session.ts';
import { useDrafts, useOpenSession } from '../../compose-draft/use-draft.ts';

const ASK_AFTER_MS = 250;

/** One for each window: a start that waits for the line outlives the screen, and so must its request id. */
const machines = new WeakMap<QueryClient, SendMachine>();

/** What the preflight has to know about a send. */
function preflightInputOf({ message, audience, timing, canary }: Omit<Send, 'timing'> & { timing?: Timing }) {
  return {
    message,
    audience,
    ...(canary ? { canary } : {}),
    ...(timing?.schedule && timing.problem === null ? { schedule: timing.schedule } : {}),
    ...(timing?.messagesPerMinute ? { messagesPerMinute: timing.messagesPerMinute } : {}),
    ...(timing?.quietHours && timing.problem === null ? { quietHours: timing.quietHours } : {}),
  };
}

/** What stands between the message and its recipients, kept up to date while the person writes. */
export function usePreflight({ message, audience, ...how }: SendInput) {
  const { campaigns } = useQueries();
  const [settled] = useDebouncedValue(
    message && audience && preflightInputOf({ message, audience, ...how }),
    ASK_AFTER_MS,
  );
  return useQuery({
    ...campaigns.preflight.queryOptions({ input: settled ?? skipToken }),
    placeholderData: keepPreviousData,
  });
}

/** The press of Send, as steps for the screen. `onStarted` gets the campaign. */
export function useSend(input: SendInput, onStarted: (campaign: Campaign) => void) {
  const openSession = useOpenSession();
  const { finish } = useDrafts();
  const machine = machineOf(useApi(), openSession);
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    machine.leave();
    return () => {
      isHere.current = false;
      machine.leave();
    };
  }, [machine]);
  const follow = async (started: Promise<Campaign | null>) => {
    const campaign = await started;
    if (campaign && isHere.current) onStarted(campaign);
    // The draft was sent, whatever is on the screen now.
    else if (campaign) finish();
  };
  return {
    step: useSyncExternalStore(machine.listen, machine.step),
    press: () => void follow(machine.press(input)),
    confirm: () => void follow(machine.confirm()),
    leave: machine.leave,
  };
}

function machineOf(
  { queries, queryClient }: ReturnType<typeof useApi>,
  openSession: () => DraftSession | null,
): SendMachine {
  const known = machines.get(queryClient);
  if (known) return known;
  const machine = createSendMachine({
    preflight: (send) =>
      queryClient.query({
        ...queries.campaigns.preflight.queryOptions({ input: preflightInputOf(send) }),
        staleTime: 0,
      }),
    start({ message, audience, requestId, timing, canary, mayReplace }) {
      const { schedule, messagesPerMinute, quietHours, editing } = timing;
      const time = schedule === null ? {} : { schedule };
      if (editing !== null)
        return queries.campaigns.changeScheduled.call({
          id: editing.id,
          message,
          audience,
          messagesPerMinute,
          quietHours,
          canary: canary ?? null,
          ...time,
          ...(editing.edition === null || mayReplace ? {} : { was: { edition: editing.edition } }),
        });
      const pace = {
        ...(messagesPerMinute === null ? {} : { messagesPerMinute }),
        ...(quietHours === null ? {} : { quietHours }),
      };
      return queries.campaigns.start.call({
        requestId,
        message,
        audience,
        ...pace,
        ...time,
        ...(canary ? { canary } : {}),
      });
    },
    // Without a draft there is nothing to find again.
    requestIdOfDraft: async () => (await openSession()?.flush())?.requestId ?? crypto.randomUUID(),
    makeId: () => crypto.randomUUID(),
    problemOf,
  });
  machines.set(queryClient, machine);
  return machine;
}
