import { expect, it } from 'vitest';
import {
  CONNECTIONS_PER_ADDRESS,
  CONNECTIONS_PER_COMPANY,
  CONNECTIONS_PER_HOUSEHOLD,
  createConnectionsByAddress,
} from './connections-by-address.ts';
import { peerToCount } from './peer-to-count.ts';

/** How many connections are let in from addresses that take turns. */
function letIn(addressAt: (turn: number) => string, turns = 1000): number {
  const byAddress = createConnectionsByAddress();
  let count = 0;
  for (let turn = 0; turn < turns; turn += 1) {
    const address = addressAt(turn);
    if (byAddress.fullNets(address).length > 0) continue;
    byAddress.add(address);
    count += 1;
  }
  return count;
}

const hex = (number: number) => number.toString(16);

it('gives one address so many, and others theirs', () => {
  expect(letIn(() => '203.0.113.7')).toBe(CONNECTIONS_PER_ADDRESS);
  expect(letIn((turn) => `203.0.113.${turn % 3}`)).toBe(3 * CONNECTIONS_PER_ADDRESS);
});

it('counts all that a provider gives to a household or a company together, however it changes its address', () => {
  expect(letIn((turn) => `2001:db8:1:${hex(turn % 256)}::/64`)).toBe(CONNECTIONS_PER_HOUSEHOLD);
  expect(letIn((turn) => `2001:db8:1:${hex(turn * 57)}::/64`)).toBe(CONNECTIONS_PER_COMPANY);
});

it('forgets what was closed', () => {
  const byAddress = createConnectionsByAddress();
  const address = '2001:db8:1:2::/64';
  for (let turn = 0; turn < 10 * CONNECTIONS_PER_COMPANY; turn += 1) {
    expect(byAddress.fullNets(address)).toEqual([]);
    byAddress.add(address);
    byAddress.remove(address);
  }
});

it.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['127.0.0.1', null],
  ['127.9.9.9', null],
  ['::1', null],
  ['::ffff:127.0.0.1', null],
  ['10.1.2.3', null],
  ['::ffff:10.1.2.3', null],
  [undefined, null],
])('counts a peer at %s as %s', (peer, counted) => {
  expect(peerToCount(peer, ['10.0.0.0/8'])).toBe(counted);
});
