import { expect, it } from 'vitest';
import type { PhoneFindings } from '../../../electron/contract/http.ts';
import type { SubscriptionId } from '../../../electron/contract/ids.ts';
import { phoneChecks } from './phone-checks.ts';
import { READY_PHONE } from './testing/ready-phone.ts';

const checksOf = (findings: Partial<PhoneFindings>, subscriptionId: SubscriptionId | null = null) =>
  phoneChecks({ at: 0, findings: { ...READY_PHONE, ...findings }, subscriptionId });

const ios: Partial<PhoneFindings> = { system: 'ios', browser: 'safari' };
const nothing: Partial<PhoneFindings> = { hasServiceWorker: false, hasPush: false, hasNotifications: false };
const allowed: Partial<PhoneFindings> = { permission: 'granted' };

it.each<[string, Partial<PhoneFindings>, string, 'bad' | 'todo', RegExp]>([
  ['the view of another app', { ...nothing, isInApp: true }, 'browser', 'bad', /•••.*in a browser/],
  ['the view of another app on iOS', { ...ios, ...nothing, isInApp: true }, 'browser', 'bad', /in Safari/],
  ['an address without https', { ...nothing, isSecure: false }, 'secure', 'bad', /https address/],
  ['Safari on iOS', { ...ios, ...nothing }, 'home-screen', 'bad', /Add to Home Screen/],
  ['an old iOS', { ...ios, ...nothing, isStandalone: true }, 'home-screen', 'bad', /16\.4/],
  ['a private tab of Firefox', { browser: 'firefox', ...nothing }, 'support', 'bad', /private tab/],
  ['nobody asked yet', {}, 'permission', 'todo', /Press Subscribe/],
  ['a question closed', { problem: 'dismissed' }, 'permission', 'todo', /again/],
  ['no key pair', { problem: 'no-key-pair' }, 'permission', 'bad', /Generate keys/],
  ['blocked', { permission: 'denied', problem: 'denied' }, 'permission', 'bad', /beside the address/],
  ['blocked on iOS', { ...ios, isStandalone: true, permission: 'denied' }, 'permission', 'bad', /Settings →/],
  ['a worker on its way', { ...allowed, worker: 'starting' }, 'worker', 'todo', /^$/],
  [
    'a bad certificate',
    { ...allowed, worker: 'none', problem: 'worker-failed' },
    'worker',
    'bad',
    /certificate/,
  ],
  [
    'Brave',
    { ...allowed, browser: 'brave', problem: 'push-service-unreachable' },
    'service',
    'bad',
    /Google services/,
  ],
  ['Brave before anybody pressed', { ...allowed, browser: 'brave' }, 'service', 'todo', /Google services/],
  [
    'Firefox without Google',
    { ...allowed, browser: 'firefox', problem: 'timed-out' },
    'service',
    'bad',
    /Play services/,
  ],
  ['another problem', { ...allowed, problem: 'bad-key' }, 'service', 'bad', /on the phone/],
])('explains %s, and only that', (_what, findings, id, state, cure) => {
  const checks = checksOf(findings);
  const open = checks.filter((check) => check.state === 'bad' || check.state === 'todo');
  expect(open).toEqual([expect.objectContaining({ id, state })]);
  expect(open[0]?.cause).not.toBe('');
  expect(open[0]?.cure).toMatch(cure);
  const at = checks.findIndex((check) => check.id === id);
  expect(new Set(checks.slice(0, at).map((check) => check.state))).toEqual(new Set(at === 0 ? [] : ['ok']));
  expect(checks.slice(at + 1).every((check) => check.state === 'later' && check.cause === '')).toBe(true);
});

it('is all done once the row is there', () => {
  const checks = checksOf(allowed, 3 as SubscriptionId);
  expect(checks.map(({ state }) => state)).toEqual(checks.map(() => 'ok'));
  expect(checks.map(({ id }) => id)).not.toContain('home-screen');
});
