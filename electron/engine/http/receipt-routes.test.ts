import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { pageErrorSchema } from '../../contract/http.ts';
import type { OwnSubscription, ReportReceipts } from '../../contract/http.ts';
import { OWN, REPORT, SUBSCRIPTION, makeApp } from './testing/http-app.ts';

const SITE = 'https://shop.example';
const REPORTED: ReportReceipts = {
  endpoint: SUBSCRIPTION.endpoint,
  receipts: [{ id: randomUUID(), proof: 'p'.repeat(43), event: 'shown', agoMs: 12 }],
};

async function listening(limits = {}) {
  const reports: ReportReceipts[] = [];
  const devices: OwnSubscription[] = [];
  const receipts = {
    take(report: ReportReceipts) {
      reports.push(report);
      return Promise.resolve({ taken: report.receipts.length });
    },
    noteDevice: (device: OwnSubscription) => devices.push(device),
  };
  const { app, served } = await makeApp({
    receipts,
    reach: () => ({ sites: [SITE] }),
    limits: { all: 100, links: 100, writes: 100, receipts: 100, ...limits },
  });
  const post = (payload: object, headers: object = OWN) =>
    app.inject({ method: 'POST', url: '/api/receipts', headers: { ...headers }, payload });
  return { app, post, reports, devices, served };
}

it('takes what a worker tells, from the own page and from a named site', async () => {
  const { post, reports } = await listening();
  expect((await post(REPORTED)).json()).toEqual({ taken: 1 });
  const foreign = await post(REPORTED, { host: OWN.host, origin: SITE });
  expect(foreign.json()).toEqual({ taken: 1 });
  expect(foreign.headers['access-control-allow-origin']).toBe(SITE);
  expect(reports).toEqual([REPORTED, REPORTED]);
});

it('takes nothing from other sites, and nothing of another shape', async () => {
  const { post, reports } = await listening();
  expect((await post(REPORTED, { host: OWN.host, origin: 'https://evil.example' })).statusCode).toBe(403);
  for (const payload of [{}, { ...REPORTED, receipts: [] }, { ...REPORTED, more: 1 }, [REPORTED]]) {
    const answer = await post(payload);
    expect(answer.statusCode).toBe(422);
    pageErrorSchema.parse(answer.json());
  }
  expect(reports).toEqual([]);
});

it('lets receipts come more often than subscriptions, but not without end', async () => {
  const { app, post } = await listening({ writes: 1, receipts: 3 });
  const subscribe = () =>
    app.inject({ method: 'POST', url: '/api/subscriptions', headers: OWN, payload: REPORT });
  expect((await subscribe()).statusCode).toBe(200);
  expect((await subscribe()).statusCode).toBe(429);
  for (let count = 0; count < 3; count++) expect((await post(REPORTED)).statusCode).toBe(200);
  expect((await post(REPORTED)).statusCode).toBe(429);
});

it('notes a browser whose worker says that it sends them, and no other', async () => {
  const { app, devices } = await listening();
  const subscribe = (payload: object) =>
    app.inject({ method: 'POST', url: '/api/subscriptions', headers: OWN, payload });
  await subscribe(REPORT);
  expect(devices).toEqual([]);
  await subscribe({ ...REPORT, receipts: true });
  expect(devices).toEqual([{ endpoint: SUBSCRIPTION.endpoint, auth: SUBSCRIPTION.keys.auth }]);
  expect((await subscribe({ ...REPORT, receipts: false })).statusCode).toBe(422);
});
