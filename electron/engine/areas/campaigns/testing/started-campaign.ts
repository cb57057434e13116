import { randomUUID } from 'node:crypto';
import type { KeyPairId } from '../../../../contract/ids.ts';
import { campaignRig, message, type RigOptions } from './campaign-rig.ts';

/** A campaign that has begun to go out to everyone at these endpoints. */
export function startedCampaign(
  endpoints: string[],
  options: RigOptions & { ttlSeconds?: number; topic?: string } = {},
) {
  const rig = campaignRig(options);
  rig.subscribe(endpoints);
  const { ttlSeconds = 86_400, topic = '' } = options;
  const { id } = rig.service.start({
    requestId: randomUUID(),
    message: message({ ttlSeconds, topic }),
    audience: { kind: 'everyone' },
  });
  const keyPairId = rig.keys.list()[0]?.id ?? (0 as KeyPairId);
  return { rig, id, keyPairId };
}
