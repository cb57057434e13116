import { expect, it } from 'vitest';
import { fakeClock } from '../testing/fake-clock.ts';
import { tempSubscriptions } from '../testing/temp-subscriptions.ts';
import { browserSubscription } from '../testing/browser-subscription.ts';
import { OWN, PUBLIC_KEY, makeApp } from './testing/http-app.ts';
import { createGrowthCap, NEW_PER_ADDRESS, NEW_PER_COMPANY, NEW_PER_HOUSEHOLD } from './growth-cap.ts';
import { HttpProblem } from './http-problem.ts';

const HOUR_MS = 3_600_000;

function capped(perHour: number) {
  const clock = fakeClock();
  let told = 0;
  const cap = createGrowthCap({ clock, perHour: () => perHour, onChange: () => (told += 1) });
  const admit = (address = 'loopback') => {
    try {
      cap.admit(address);
      return 'in';
    } catch (error) {
      if (!(error instanceof HttpProblem)) throw error;
      return error.problem.code;
    }
  };
  return { cap, clock, admit, told: () => told };
}

it('lets so many in within any hour, and tells of those that it refused', () => {
  const { cap, clock, admit, told } = capped(3);
  expect([admit(), admit(), admit()]).toEqual(['in', 'in', 'in']);
  expect(cap.problem()).toBeNull();
  expect([admit(), admit()]).toEqual(['too-many-new', 'too-many-new']);
  expect(cap.problem()).toMatchObject({ code: 'unusual-growth' });
  expect(cap.problem()?.cause).toContain('so 2 more were refused');
  expect(told()).toBe(2);
  clock.advance(HOUR_MS);
  expect(admit()).toBe('in');
  expect(cap.problem(), 'stays until somebody has seen it').not.toBeNull();
});

it('can be answered by letting more in, or by taking note', () => {
  const { cap, admit } = capped(1);
  admit();
  admit();
  cap.answer({ letMoreIn: false });
  expect(cap.problem()).toBeNull();
  expect(admit()).toBe('too-many-new');
  cap.answer({ letMoreIn: true });
  expect(cap.problem()).toBeNull();
  expect(admit()).toBe('in');
});

it('does not keep everybody out after the clock was set back', () => {
  const { clock, admit } = capped(1);
  admit();
  clock.advance(-10 * HOUR_MS);
  expect(admit()).toBe('in');
});

it('refuses new ones over HTTP, and still brings known ones up to date and takes cancellations', async () => {
  const { service, all } = tempSubscriptions();
  const growth = createGrowthCap({ clock: fakeClock(), perHour: () => 2, onChange: () => undefined });
  const { app, served } = await makeApp({ subscriptions: service, growth });
  const subscriptions = [browserSubscription(), browserSubscription(), browserSubscription()] as const;
  const post = (index: 0 | 1 | 2) =>
    app.inject({
      method: 'POST',
      url: '/api/subscriptions',
      headers: OWN,
      payload: { subscription: subscriptions[index], publicKey: PUBLIC_KEY },
    });
  expect([(await post(0)).statusCode, (await post(1)).statusCode]).toEqual([200, 200]);
  const refused = await post(2);
  expect(refused.statusCode).toBe(429);
  expect(refused.json()).toMatchObject({ error: { code: 'too-many-new' } });
  expect(served.at(-1)).toMatchObject({ status: 429, refusal: 'too-many-new' });
  expect((await post(0)).statusCode).toBe(200);
  const { endpoint, keys } = subscriptions[0];
  const cancel = { method: 'DELETE', url: '/api/subscriptions', headers: OWN } as const;
  expect((await app.inject({ ...cancel, payload: { endpoint, auth: keys.auth } })).statusCode).toBe(200);
  expect(all()).toHaveLength(2);
});

it('lets only so many in from one address elsewhere, and others go on', () => {
  const { cap, clock, admit } = capped(1_000);
  for (let index = 0; index < NEW_PER_ADDRESS; index += 1) expect(admit('192.0.2.1')).toBe('in');
  expect(admit('192.0.2.1')).toBe('too-many-from-one-address');
  expect(cap.problem(), 'it is no matter for the owner').toBeNull();
  expect(admit('192.0.2.2')).toBe('in');
  for (let index = 0; index < 2 * NEW_PER_ADDRESS; index += 1) expect(admit()).toBe('in');
  clock.advance(HOUR_MS);
  expect(admit('192.0.2.1')).toBe('in');
});

it('counts what one customer has of IPv6 together: a household, and a company', () => {
  const { admit } = capped(10_000);
  const letIn = (addresses: string[]) =>
    addresses
      .flatMap((address) => Array.from({ length: NEW_PER_ADDRESS }, () => admit(address)))
      .filter((how) => how === 'in').length;
  const hex = (number: number) => number.toString(16);
  const household = Array.from({ length: 70 }, (_, index) => `2001:db8:0:${hex(0x100 + index)}::/64`);
  expect(letIn(household)).toBe(NEW_PER_HOUSEHOLD);
  const company = Array.from({ length: 70 }, (_, index) => `2001:db8:0:${hex(index << 8)}::/64`);
  expect(letIn(company)).toBe(NEW_PER_COMPANY - NEW_PER_HOUSEHOLD);
  expect(admit('2001:db8:1:100::/64')).toBe('in');
  expect(admit('192.0.2.1')).toBe('in');
});
