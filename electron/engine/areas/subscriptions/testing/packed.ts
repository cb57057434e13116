import { endpointKeyHex } from '../../../store/endpoint-key.ts';
import type { browserSubscription } from '../../../testing/browser-subscription.ts';
import { packRow } from '../batch-row.ts';

/** A subscription as the thread that reads an import hands it on, with nothing else known about it. */
export const packed = ({ endpoint, keys }: ReturnType<typeof browserSubscription>) =>
  packRow({
    endpoint,
    key: endpointKeyHex(endpoint),
    pushService: 'fcm',
    ...keys,
    state: 'active',
    expirationTime: null,
    remark: null,
    publicKey: null,
    addedAt: null,
  });
