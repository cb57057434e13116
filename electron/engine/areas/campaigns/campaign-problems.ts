import { SEND_BLOCKERS } from '../../../contract/preflight.ts';
import type { CampaignState } from '../../../contract/campaigns.ts';
import { Refusal, type Problem } from '../../../contract/problem.ts';

export const noKeys: Problem = {
  code: SEND_BLOCKERS.noKeys,
  cause: 'There is no key pair that can sign, so nothing can be sent.',
  cure: 'Generate or import one on Keys.',
};

/** As after a move to another computer: a new key pair would look like a cure, and reach nobody. */
export const keyNotHeld: Problem = {
  code: SEND_BLOCKERS.keyNotHeld,
  cause: 'The key pair that these browsers subscribed with is not on this computer, so nothing can be sent.',
  cure: 'Import it on Keys. A new key pair cannot reach them.',
};

export function unknownCampaign(): Refusal {
  return new Refusal('NOT_FOUND', {
    code: 'unknown-campaign',
    cause: 'There is no such campaign.',
    cure: 'Go back to the list of campaigns.',
  });
}

export function unknownDelivery(): Refusal {
  return new Refusal('NOT_FOUND', {
    code: 'unknown-delivery',
    cause: 'There is no such delivery.',
    cure: 'Go back to the campaign and choose one from its list.',
  });
}

export function otherRequest(): Refusal {
  return new Refusal('CONFLICT', {
    code: 'request-id-taken',
    cause:
      'A request with this id (over HTTP, the Idempotency-Key) already started a campaign with a different message, audience or limit.',
    cure: 'Look at that campaign first. To send something else, use a new id.',
  });
}

/** @param wish what the person asked for, worded as in "cannot be …": "paused" */
export function notInThatState(wish: string, state: CampaignState): Refusal {
  return new Refusal('CONFLICT', {
    code: 'campaign-state',
    cause: `The campaign is ${state}, so it cannot be ${wish}.`,
    cure: 'Reload the campaign to see its current state.',
  });
}

export function noCanary(): Refusal {
  return new Refusal('CONFLICT', {
    code: 'no-canary',
    cause: 'No canary of this campaign is waiting for a decision.',
    cure: 'Reload the campaign to see its current state.',
  });
}

/** By the time the last recipient of the canary has their morning, the others' morning is over. */
export function canaryNeedsOneTime(): Refusal {
  return new Refusal('BAD_INPUT', {
    code: 'canary-needs-one-time',
    cause: 'A canary can’t go first when each recipient gets the message at a time in their own zone.',
    cure: 'Switch the canary off, or choose one time for everyone.',
    field: 'canary',
  });
}

export const deliveriesRemoved = () =>
  new Refusal('CONFLICT', {
    code: 'deliveries-removed',
    cause: 'The deliveries of this campaign were removed, because the settings keep them for a limited time.',
    cure: 'Use its message again and send it as a new campaign.',
  });
