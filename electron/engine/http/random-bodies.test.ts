import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageErrorSchema, reportSubscriptionSchema } from '../../contract/http.ts';
import { OWN, REPORT, makeApp } from './testing/http-app.ts';

const HEADERS = { ...OWN, 'content-type': 'application/json' };
const METHODS = fc.constantFrom('POST' as const, 'DELETE' as const);

/** A good report in which one field, at any depth, is replaced with something arbitrary. */
const nearlyGood = fc
  .tuple(
    fc.constantFrom(
      ['subscription'],
      ['subscription', 'endpoint'],
      ['subscription', 'expirationTime'],
      ['subscription', 'keys'],
      ['subscription', 'keys', 'p256dh'],
      ['subscription', 'keys', 'auth'],
      ['publicKey'],
      ['replaces'],
    ),
    fc.jsonValue(),
  )
  .map(([path, value]) => changed(REPORT, path, value));

function changed(target: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const object = target as Record<string, unknown>;
  return { ...object, [name]: changed(object[name], rest, value) };
}

describe('random bodies', () => {
  it('answers any bytes with a clear 4xx', async () => {
    const { app, reports, cancels } = await makeApp();
    await fc.assert(
      fc.asyncProperty(METHODS, fc.uint8Array({ maxLength: 2_000 }), async (method, bytes) => {
        const payload = Buffer.from(bytes);
        const answer = await app.inject({ method, url: '/api/subscriptions', headers: HEADERS, payload });
        expect(answer.statusCode).toBeGreaterThanOrEqual(400);
        expect(answer.statusCode).toBeLessThan(500);
        pageErrorSchema.parse(answer.json());
      }),
      { numRuns: 200 },
    );
    expect([...reports, ...cancels]).toEqual([]);
  });

  it('answers any JSON by the schema: stored when it fits, a problem when it does not', async () => {
    const { app, reports } = await makeApp();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.jsonValue(), nearlyGood), async (value) => {
        const before = reports.length;
        const payload = JSON.stringify(value);
        const answer = await app.inject({
          method: 'POST',
          url: '/api/subscriptions',
          headers: HEADERS,
          payload,
        });
        const fits = reportSubscriptionSchema.safeParse(JSON.parse(payload)).success;
        expect(reports.length - before).toBe(fits ? 1 : 0);
        if (fits) {
          expect([200, 201]).toContain(answer.statusCode);
        } else {
          expect([400, 422]).toContain(answer.statusCode);
          pageErrorSchema.parse(answer.json());
        }
      }),
      { numRuns: 300 },
    );
  });

  it('answers any path without a 5xx', async () => {
    const { app } = await makeApp();
    await fc.assert(
      fc.asyncProperty(fc.webPath(), fc.webQueryParameters(), async (path, query) => {
        const url = `/${path.replace(/^\/+/, '')}?${query}`;
        const answer = await app.inject({ url, headers: OWN });
        expect(answer.statusCode).toBeLessThan(500);
      }),
      { numRuns: 200 },
    );
  });
});
