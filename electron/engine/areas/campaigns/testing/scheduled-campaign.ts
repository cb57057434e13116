import { randomUUID } from 'node:crypto';
import type { CampaignId } from '../../../../contract/ids.ts';
import { Refusal } from '../../../../contract/problem.ts';
import type { CampaignSchedule } from '../../../../contract/schedule.ts';
import { campaignRig, fcm, message, type CampaignRig, type RigOptions } from './campaign-rig.ts';
import type { CampaignService } from '../campaign-service.ts';

export const HOUR = 3_600_000;
export const MINUTE = 60_000;
/** The rig begins on 15 January 2026 at 12:00 UTC. */
export const AT_14: CampaignSchedule = { at: '2026-01-15T14:00', timeZone: 'UTC' };

/** A campaign to three people that waits for its time. */
export function scheduled(change: { options?: RigOptions; schedule?: CampaignSchedule } = {}) {
  const rig = campaignRig(change.options);
  rig.subscribe(fcm(3));
  rig.service.recover();
  const requestId = randomUUID();
  const asked = {
    requestId,
    message: message(),
    audience: { kind: 'everyone' as const },
    schedule: change.schedule ?? AT_14,
  };
  const { id } = rig.service.start(asked);
  return { rig, id, asked };
}

/** The code of the refusal; `none` if it is not refused. */
export const codeOf = async (work: () => unknown): Promise<string> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof Refusal) return error.problem.code;
    throw error;
  }
  return 'none';
};
/** Why the campaign asks; `null`: it does not. */
export const reasonOf = (service: CampaignService, id: CampaignId) =>
  service.get({ id }).schedule?.asks?.reason ?? null;
/** How many messages went out. */
export const sent = (rig: CampaignRig) => rig.push.sent.length;
