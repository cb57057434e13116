import { useMutation } from '@tanstack/react-query';
import type { CampaignId, KeyPairId } from '../../../electron/contract/ids.ts';
import type { PushServiceId } from '../../../electron/contract/push-service.ts';
import { useCampaigns } from '../../api/CampaignSource.tsx';
import { problemOf } from '../../api/problem-of.ts';

/** What can be done with a campaign; `problem` says why the last refused act was refused. */
export function useCampaignActs(id: CampaignId) {
  const campaigns = useCampaigns();
  const pause = useMutation(campaigns.pause.mutationOptions());
  const resume = useMutation(campaigns.resume.mutationOptions());
  const cancel = useMutation(campaigns.cancel.mutationOptions());
  const sendAgain = useMutation(campaigns.sendAgain.mutationOptions());
  const resumePart = useMutation(campaigns.resumePart.mutationOptions());
  const goOn = useMutation(campaigns.goOnAfterCanary.mutationOptions());
  const stop = useMutation(campaigns.stopAfterCanary.mutationOptions());
  const acts = [pause, resume, cancel, sendAgain, resumePart, goOn, stop];
  const failed = acts.find(({ error }) => error !== null);
  return {
    isBusy: acts.some(({ isPending }) => isPending),
    problem: failed ? problemOf(failed.error) : null,
    pause: () => {
      pause.mutate({ id });
    },
    resume: () => {
      resume.mutate({ id });
    },
    /** Anyone whose own time has passed gets nothing. */
    resumeWithoutMissed: () => {
      resume.mutate({ id, missed: 'leave-out' });
    },
    cancel: () => {
      cancel.mutate({ id });
    },
    goOnAfterCanary: () => {
      goOn.mutate({ id });
    },
    stopAfterCanary: () => {
      stop.mutate({ id });
    },
    resumePart: (part: { pushService: PushServiceId; keyPairId: KeyPairId }) => {
      resumePart.mutate({ id, pushService: part.pushService, keyPairId: part.keyPairId });
    },
    sendAgain: (state: 'unknown' | 'failed', cause?: { pushService: PushServiceId; diagnosis: string }) => {
      sendAgain.mutate({ id, state, ...(cause === undefined ? {} : { cause }) });
    },
  };
}
export type CampaignActs = ReturnType<typeof useCampaignActs>;
