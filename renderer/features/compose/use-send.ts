import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, skipToken, useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import type { Campaign } from '../../../electron/contract/campaigns.ts';
import { useApi, useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';
import { createSendMachine, type SendInput } from './send-machine.ts';

const ASK_AFTER_MS = 250;

/** What stands between the message and its recipients, kept up to date while the person writes. */
export function usePreflight({ message, audience }: SendInput) {
  const { campaigns } = useQueries();
  const [settled] = useDebouncedValue(message && audience && { message, audience }, ASK_AFTER_MS);
  return useQuery({
    ...campaigns.preflight.queryOptions({ input: settled ?? skipToken }),
    placeholderData: keepPreviousData,
  });
}

/** The press of Send, as steps for the screen. `onStarted` gets the campaign. */
export function useSend(input: SendInput, onStarted: (campaign: Campaign) => void) {
  const { queries, queryClient } = useApi();
  const [machine] = useState(() =>
    createSendMachine({
      preflight: (send) =>
        queryClient.query({ ...queries.campaigns.preflight.queryOptions({ input: send }), staleTime: 0 }),
      start: (send) => queries.campaigns.start.call(send),
      makeId: () => crypto.randomUUID(),
      problemOf,
    }),
  );
  const follow = async (started: Promise<Campaign | null>) => {
    const campaign = await started;
    if (campaign) onStarted(campaign);
  };
  return {
    step: useSyncExternalStore(machine.listen, machine.step),
    press: () => void follow(machine.press(input)),
    confirm: () => void follow(machine.confirm()),
    leave: machine.leave,
  };
}
