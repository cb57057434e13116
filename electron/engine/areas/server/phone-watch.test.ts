import { expect, it } from 'vitest';
import type { OwnSubscription, ReportPhone } from '../../../contract/http.ts';
import type { SubscriptionId } from '../../../contract/ids.ts';
import { fakeClock } from '../../testing/fake-clock.ts';
import { createPhoneWatches, LINK_MS } from './phone-watch.ts';

const ROW = 7 as SubscriptionId;
const FINDINGS: ReportPhone['findings'] = {
  system: 'android',
  browser: 'firefox',
  isInApp: false,
  isSecure: true,
  isStandalone: false,
  hasServiceWorker: true,
  hasPush: true,
  hasNotifications: true,
  permission: 'default',
  worker: 'active',
  isVisible: true,
  problem: null,
};
const own: OwnSubscription = { endpoint: 'https://push.example/a', auth: 'secret' };

function watching() {
  const clock = fakeClock();
  let changes = 0;
  const rows: OwnSubscription[] = [];
  const watches = createPhoneWatches({
    clock,
    idOf: ({ endpoint, auth }) =>
      rows.some((row) => row.endpoint === endpoint && row.auth === auth) ? ROW : null,
    onChange: () => (changes += 1),
  });
  const tell = (token: string, visit: string, more: Partial<ReportPhone> = {}) =>
    watches.take({ token, visit: visit.repeat(16), findings: FINDINGS, ...more });
  return { ...watches, clock, rows, tell, changes: () => changes };
}

it('gives what the page found, and the row of its subscription as soon as there is one', () => {
  const { open, look, tell, rows, changes } = watching();
  const token = open();
  expect(look(token)).toEqual({ state: 'watching', visit: null });
  expect(tell(token, 'a')).toEqual({ watching: true });
  expect(look(token).visit).toMatchObject({ findings: FINDINGS, subscriptionId: null });
  tell(token, 'a', { subscription: own });
  expect(look(token).visit?.subscriptionId).toBeNull();
  rows.push(own);
  expect(look(token).visit?.subscriptionId).toBe(ROW);
  tell(token, 'a', { subscription: { ...own, auth: 'wrong' } });
  expect(look(token).visit?.subscriptionId, 'without the secret').toBeNull();
  expect(changes()).toBe(3);
});

it('tells nobody anything without a token that is good, and stores nothing', () => {
  const { open, look, tell, close, changes } = watching();
  const token = open();
  expect(token).toMatch(/^[\w-]{22}$/);
  expect(tell('A'.repeat(22), 'a')).toEqual({ watching: false });
  expect(close(token)).toBe(true);
  expect(tell(token, 'a')).toEqual({ watching: false });
  expect(look(token)).toEqual({ state: 'ended', visit: null });
  expect(changes()).toBe(0);
});

it('ends a link after half an hour, also where the clock is set back', () => {
  const { open, look, clock } = watching();
  const first = open();
  clock.advance(LINK_MS - 1);
  expect(look(first).state).toBe('watching');
  clock.advance(1);
  expect(look(first).state).toBe('ended');
  const second = open();
  clock.advance(-1);
  expect(look(second).state).toBe('ended');
});

it('goes by the page that was opened last: one may still be open in another app', () => {
  const { open, look, tell } = watching();
  const token = open();
  tell(token, 'a', { findings: { ...FINDINGS, isInApp: true } });
  tell(token, 'b');
  tell(token, 'a', { findings: { ...FINDINGS, isInApp: true, isVisible: false } });
  expect(look(token).visit?.findings.isInApp).toBe(false);
});

it('keeps few links and few visits, whoever opens them without end', () => {
  const { open, look, tell } = watching();
  const tokens = Array.from({ length: 7 }, () => open());
  expect(tokens.map((token) => look(token).state)).toEqual([
    'ended',
    'ended',
    ...Array.from({ length: 5 }, () => 'watching'),
  ]);
  const token = tokens.at(-1) ?? '';
  const answers = Array.from({ length: 60 }, (_, turn) =>
    tell(token, '0', { visit: turn.toString(16).padStart(16, '0') }),
  );
  expect(answers.filter(({ watching: is }) => is)).toHaveLength(50);
});
