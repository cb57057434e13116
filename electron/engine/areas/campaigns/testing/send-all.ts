import { randomUUID } from 'node:crypto';
import type { Audience } from '../../../../contract/campaign-audience.ts';
import { message, type CampaignRig } from './campaign-rig.ts';

export const EVERYONE: Audience = { kind: 'everyone' };

/** Starts a campaign. */
export function start(
  rig: CampaignRig,
  change: { audience?: Audience; requestId?: string; title?: string } = {},
) {
  const { audience = EVERYONE, requestId = randomUUID(), title = 'Hello' } = change;
  return rig.service.start({ requestId, message: message({ title }), audience });
}

/** Sends a campaign to everyone until it ends. */
export async function sendAll(rig: CampaignRig) {
  const { id } = start(rig);
  await rig.time.pass(1000);
  return rig.service.get({ id });
}
