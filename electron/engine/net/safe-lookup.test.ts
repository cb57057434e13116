import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { createSafeLookup } from './safe-lookup.ts';

type Found = {
  error: NodeJS.ErrnoException | null;
  addresses: string | LookupAddress[];
  family?: number | undefined;
};

function lookUp(hostname: string, resolved: LookupAddress[] | NodeJS.ErrnoException, all: boolean): Found {
  const asked: string[] = [];
  const lookup = createSafeLookup((name, _options, callback) => {
    asked.push(name);
    if (resolved instanceof Error) callback(resolved, []);
    else callback(null, resolved);
  });
  let found: Found | undefined;
  lookup(hostname, { all }, (error, addresses, family) => {
    found = { error, addresses, family };
  });
  if (found === undefined) throw new Error('the lookup did not call back');
  return found;
}

const PUBLIC = { address: '142.250.1.1', family: 4 };
const PUBLIC_6 = { address: '2606:4700::1111', family: 6 };
const PRIVATE = { address: '192.168.0.9', family: 4 };

describe('createSafeLookup', () => {
  it('hands out public addresses, all or one', () => {
    expect(lookUp('push.example.com', [PUBLIC, PUBLIC_6], true).addresses).toEqual([PUBLIC, PUBLIC_6]);
    expect(lookUp('push.example.com', [PUBLIC, PUBLIC_6], false)).toMatchObject({
      error: null,
      addresses: PUBLIC.address,
      family: 4,
    });
  });

  it('leaves private addresses out of an answer that mixes both', () => {
    expect(lookUp('push.example.com', [PRIVATE, PUBLIC], true).addresses).toEqual([PUBLIC]);
    expect(lookUp('push.example.com', [PRIVATE, PUBLIC], false).addresses).toBe(PUBLIC.address);
  });

  it('refuses a public name that resolves to private addresses only', () => {
    const found = lookUp('rebind.example.com', [PRIVATE, { address: '::1', family: 6 }], true);
    expect(found.error?.code).toBe('PUSHDESK_PRIVATE_ADDRESS');
    expect(found.addresses).toEqual([]);
  });

  it('refuses a private name without asking the DNS for it', () => {
    expect(lookUp('printer.local', [PUBLIC], true).error?.code).toBe('PUSHDESK_PRIVATE_ADDRESS');
  });

  it('passes the error of the DNS on', () => {
    const missing = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    expect(lookUp('nowhere.example.com', missing, true).error).toBe(missing);
  });
});
