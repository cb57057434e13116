import { BlockList, isIP } from 'node:net';

const known = new WeakMap<readonly string[], BlockList>();

/** @param blocks addresses, or blocks such as `10.0.0.0/8`; anything else is ignored */
export function isWithin(address: string, blocks: readonly string[]): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  const list = known.get(blocks) ?? listOf(blocks);
  known.set(blocks, list);
  return list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

function listOf(blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const block of blocks) {
    const [address = '', bits] = block.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    try {
      if (bits === undefined) list.addAddress(address, family);
      else list.addSubnet(address, Number(bits), family);
    } catch {
      // The settings' schema rejects them anyway.
    }
  }
  return list;
}

const LOOPBACK = ['127.0.0.0/8', '::1'];

// The two that nearly everyone uses are known without a search.
export const isLoopback = (address: string) =>
  address === '127.0.0.1' || address === '::1' || isWithin(address, LOOPBACK);
