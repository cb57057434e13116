import { expect, it } from 'vitest';
import { pageErrorSchema, type ReportPhone } from '../../contract/http.ts';
import { readPublicAddress } from '../../contract/public-address.ts';
import { makeApp, OWN } from './testing/http-app.ts';

const REPORT: ReportPhone = {
  token: 'A'.repeat(22),
  visit: 'a'.repeat(16),
  findings: {
    system: 'ios',
    browser: 'safari',
    isInApp: false,
    isSecure: true,
    isStandalone: false,
    hasServiceWorker: true,
    hasPush: false,
    hasNotifications: false,
    permission: null,
    worker: 'none',
    isVisible: true,
    problem: 'needs-home-screen',
  },
};
const SITE = 'https://shop.example';
const PUBLIC = 'https://push.example.org';

async function listening(limits = {}) {
  const reports: ReportPhone[] = [];
  const read = readPublicAddress(PUBLIC);
  const { app, served } = await makeApp({
    phones: {
      take(report) {
        reports.push(report);
        return { watching: true };
      },
    },
    reach: () => ({ sites: [SITE], publicAddress: read.kind === 'address' ? read.address : null }),
    limits: { all: 100, links: 100, writes: 100, receipts: 100, phones: 100, ...limits },
  });
  const post = (payload: object, headers: object = OWN) =>
    app.inject({ method: 'POST', url: '/api/phone', headers: { ...headers }, payload });
  return { post, reports, served };
}

it('hears the page at both its names, and nobody else, not even a site that was named', async () => {
  const { post, reports } = await listening();
  expect((await post(REPORT)).json()).toEqual({ watching: true });
  const proxied = { host: 'push.example.org', origin: PUBLIC, 'sec-fetch-site': 'same-origin' };
  expect((await post(REPORT, proxied)).json()).toEqual({ watching: true });
  for (const origin of [SITE, 'https://evil.example', 'http://push.example.org']) {
    expect((await post(REPORT, { ...proxied, origin })).statusCode).toBe(403);
    expect((await post(REPORT, { ...OWN, origin })).statusCode).toBe(403);
  }
  expect(reports).toEqual([REPORT, REPORT]);
});

it.each([
  {},
  [REPORT],
  { ...REPORT, more: 1 },
  { ...REPORT, token: 'short' },
  { ...REPORT, visit: 'A'.repeat(16) },
  { ...REPORT, findings: { ...REPORT.findings, problem: '<script>' } },
  { ...REPORT, findings: { ...REPORT.findings, userAgent: 'x' } },
  { ...REPORT, subscription: { endpoint: 'x'.repeat(5000), auth: 'a' } },
])('takes nothing of another shape: %j', async (payload) => {
  const { post, reports } = await listening();
  const answer = await post(payload);
  expect(answer.statusCode).toBe(422);
  pageErrorSchema.parse(answer.json());
  expect(reports).toEqual([]);
});

it('does not hear more than a phone has to say, and writes no token down', async () => {
  const { post, served } = await listening({ phones: 2 });
  for (const status of [200, 200, 429]) expect((await post(REPORT)).statusCode).toBe(status);
  expect(JSON.stringify(served)).not.toContain(REPORT.token);
});
