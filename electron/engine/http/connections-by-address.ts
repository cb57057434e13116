import { widerNets } from './true-address.ts';

/** How many connections one caller may hold: browsers open six, and a household or an office has many of them. */
export const CONNECTIONS_PER_ADDRESS = 64;
/** The same for the block that providers give to one IPv6 customer: a /56 to a household, a /48 to a company (RFC 6177). */
export const CONNECTIONS_PER_HOUSEHOLD = 64;
export const CONNECTIONS_PER_COMPANY = 128;

/** Counts open connections by the address that they come from. */
export interface ConnectionsByAddress {
  /**
   * The nets containing an address that are full; empty if one more connection may come.
   * @param address as `countedAddress` gives it
   */
  fullNets(address: string): readonly string[];
  /** Whether an address is in one of these nets. */
  isIn(address: string, nets: readonly string[]): boolean;
  add(address: string): void;
  remove(address: string): void;
}

export function createConnectionsByAddress(): ConnectionsByAddress {
  const open = new Map<string, number>();
  const change = (address: string, by: 1 | -1) => {
    for (const { net } of netsOf(address)) {
      const count = (open.get(net) ?? 0) + by;
      if (count <= 0) open.delete(net);
      else open.set(net, count);
    }
  };
  return {
    fullNets: (address) =>
      netsOf(address)
        .filter(({ net, most }) => (open.get(net) ?? 0) >= most)
        .map(({ net }) => net),
    isIn: (address, nets) => netsOf(address).some(({ net }) => nets.includes(net)),
    add: (address) => {
      change(address, 1);
    },
    remove: (address) => {
      change(address, -1);
    },
  };
}

function netsOf(address: string): { net: string; most: number }[] {
  const own = { net: address, most: CONNECTIONS_PER_ADDRESS };
  const nets = widerNets(address);
  if (nets === null) return [own];
  return [
    own,
    { net: `/56 ${nets.household}`, most: CONNECTIONS_PER_HOUSEHOLD },
    { net: `/48 ${nets.company}`, most: CONNECTIONS_PER_COMPANY },
  ];
}
