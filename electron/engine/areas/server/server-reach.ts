import { readPublicAddress, type PublicAddress } from '../../../contract/public-address.ts';
import type { Settings } from '../../../contract/settings.ts';
import type { Reach } from '../../http/reach.ts';

let last: { text: string; address: PublicAddress | null } | null = null;

/** How others reach the server, as the settings say. */
export function readReach(
  settings: Pick<Settings, 'sites' | 'publicUrl' | 'trustedProxies' | 'publicApi' | 'remoteWorkspace'>,
  port: number | null,
): Reach {
  return {
    port,
    publicAddress: addressIn(settings.publicUrl),
    sites: settings.sites,
    trustedProxies: settings.trustedProxies,
    publicApi: settings.publicApi,
    remoteWorkspace: settings.remoteWorkspace,
  };
}

function addressIn(text: string | null): PublicAddress | null {
  if (text === null) return null;
  // Needed for each request, and almost always the same one.
  if (last?.text !== text) {
    const read = readPublicAddress(text);
    last = { text, address: read.kind === 'address' ? read.address : null };
  }
  return last.address;
}
