import { keepPreviousData, skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useDebouncedValue } from '@mantine/hooks';
import { useRef, useState } from 'react';
import type { Audience, Campaign, Preflight } from '../../../electron/contract/campaign.ts';
import type { Message } from '../../../electron/contract/message.ts';
import type { Problem } from '../../../electron/contract/problem.ts';
import { useQueries } from '../../api/ApiProvider.tsx';
import { problemOf } from '../../api/problem-of.ts';

const ASK_AFTER_MS = 250;

interface SendInput {
  /** `null` while a field is not right. */
  message: Message | null;
  /** `null` while nobody is chosen. */
  audience: Audience | null;
}

export type SendStep =
  | { kind: 'writing' }
  | { kind: 'checking' }
  /** Send was pressed, and these stand against it. */
  | { kind: 'blocked'; problems: Problem[] }
  /** More than one would get it: asked once. */
  | { kind: 'asking'; preflight: Preflight; message: Message; audience: Audience }
  | { kind: 'starting' };

const NOBODY_CHOSEN: Problem = {
  code: 'nobody-chosen',
  cause: 'Nobody is chosen to send to.',
  cure: 'Choose who gets it beside the message.',
};
const FIELDS_WRONG: Problem = {
  code: 'fields-wrong',
  cause: 'Something in the fields is not right yet.',
  cure: 'Correct what is marked in red.',
};

/** What stands between the message and its recipients, kept up to date while the person writes. */
export function usePreflight({ message, audience }: SendInput) {
  const { campaigns } = useQueries();
  const [settled] = useDebouncedValue(message && audience && { message, audience }, ASK_AFTER_MS);
  return useQuery({
    ...campaigns.preflight.queryOptions({ input: settled ?? skipToken }),
    placeholderData: keepPreviousData,
  });
}

/**
 * The press of Send: checks afresh, asks once above one recipient, then starts.
 * One press has one request id, so that neither a double press nor a repeat after a lost answer sends twice.
 */
export function useSend(input: SendInput, onStarted: (campaign: Campaign) => void) {
  const { campaigns } = useQueries();
  const queryClient = useQueryClient();
  const [step, setStep] = useState<SendStep>({ kind: 'writing' });
  const busy = useRef(false);
  const request = useRef<{ of: string; id: string }>(undefined);
  const begin = useMutation(campaigns.start.mutationOptions());

  const requestIdFor = (message: Message, audience: Audience) => {
    const of = JSON.stringify([message, audience]);
    if (request.current?.of !== of) request.current = { of, id: crypto.randomUUID() };
    return request.current.id;
  };

  const start = async (message: Message, audience: Audience) => {
    if (busy.current) return;
    busy.current = true;
    setStep({ kind: 'starting' });
    try {
      const campaign = await begin.mutateAsync({
        requestId: requestIdFor(message, audience),
        message,
        audience,
      });
      request.current = undefined;
      setStep({ kind: 'writing' });
      onStarted(campaign);
    } catch (error) {
      setStep({ kind: 'blocked', problems: [problemOf(error)] });
    } finally {
      busy.current = false;
    }
  };

  const press = async () => {
    if (busy.current || step.kind === 'asking' || step.kind === 'starting') return;
    const { message, audience } = input;
    if (!message || !audience) {
      setStep({ kind: 'blocked', problems: [message ? NOBODY_CHOSEN : FIELDS_WRONG] });
      return;
    }
    busy.current = true;
    setStep({ kind: 'checking' });
    const preflight = await queryClient
      .query({ ...campaigns.preflight.queryOptions({ input: { message, audience } }), staleTime: 0 })
      .catch(problemOf);
    busy.current = false;
    if ('code' in preflight) setStep({ kind: 'blocked', problems: [preflight] });
    else if (preflight.blockers.length > 0) setStep({ kind: 'blocked', problems: preflight.blockers });
    else if (preflight.recipients > 1) setStep({ kind: 'asking', preflight, message, audience });
    else await start(message, audience);
  };

  return {
    step,
    press,
    confirm: async () => {
      if (step.kind === 'asking') await start(step.message, step.audience);
    },
    /** Back to writing: the question was answered with no, or what was blamed has been changed. */
    leave: () => {
      setStep((now) => (now.kind === 'starting' || now.kind === 'checking' ? now : { kind: 'writing' }));
    },
  };
}
