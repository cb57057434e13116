import { expect, it } from 'vitest';
import { json } from '../testing/fakes.ts';
import { findingsOf, ownIn } from './findings.ts';
import { AROUND } from './testing/around.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

it.each([
  [AROUND.userAgent, 'android', 'chrome'],
  ['Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0', 'android', 'firefox'],
  [
    'Mozilla/5.0 (Linux; Android 15) Chrome/130.0 SamsungBrowser/28.0 Mobile Safari/537.36',
    'android',
    'samsung',
  ],
  ['Mozilla/5.0 (Linux; Android 15) Chrome/138.0 Mobile Safari/537.36 EdgA/138.0', 'android', 'edge'],
  ['Mozilla/5.0 (Linux; Android 15) Chrome/138.0 Mobile Safari/537.36 OPR/89.0', 'android', 'opera'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'other', 'firefox'],
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/138.0 Safari/537.36', 'windows', 'chrome'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.5 Safari/605.1.15', 'macos', 'safari'],
  ['', 'other', 'other'],
])('knows what it runs in: %s', (userAgent, system, browser) => {
  expect(findingsOf({ ...AROUND, userAgent })).toMatchObject({ system, browser });
});

it('knows an iPhone, and Brave, which calls itself Chrome', () => {
  expect(
    findingsOf({ ...AROUND, userAgent: `${IPHONE} CriOS/138.0 Mobile/15E148 Safari/604.1`, isIos: true }),
  ).toMatchObject({ system: 'ios', browser: 'chrome' });
  expect(findingsOf({ ...AROUND, isBrave: true }).browser).toBe('brave');
});

it.each([
  ['', null],
  ['denied', 'denied'],
  ['push-service-unreachable', 'push-service-unreachable'],
  ['x'.repeat(41), null],
  ['<script>', null],
])('tells of the problem %j that the page shows as %j, which the app takes', (problem, told) => {
  expect(findingsOf({ ...AROUND, problem }).problem).toBe(told);
});

it('finds the subscription in what the page shows', () => {
  const { endpoint, keys } = json('a');
  expect(ownIn(JSON.stringify(json('a'), null, 2))).toEqual({ endpoint, auth: keys.auth });
  for (const text of ['', '{', '{}', 'null', '{"endpoint":"x"}', '[]']) expect(ownIn(text)).toBeUndefined();
});
