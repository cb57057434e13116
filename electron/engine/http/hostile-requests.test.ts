import { describe, expect, it } from 'vitest';
import { pageErrorSchema } from '../../contract/http.ts';
import { OWN, REPORT, makeApp } from './testing/http-app.ts';
import { HOSTILE_REQUESTS } from './testing/hostile-requests.ts';

describe('hostile requests', () => {
  it.each(HOSTILE_REQUESTS)('$name → $status', async ({ request, status }) => {
    const { app, reports, cancels, served, captured } = await makeApp();

    const answer = await app.inject(request);

    expect(answer.statusCode).toBe(status);
    const { error } = pageErrorSchema.parse(answer.json());
    expect(error.cause).toMatch(/\.$/);
    expect(error.cure).toMatch(/\.$/);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(reports).toEqual([]);
    expect(cancels).toEqual([]);
    expect(Object.prototype).not.toHaveProperty('polluted');
    expect(served).toHaveLength(1);
    expect(served[0]).toMatchObject({ status, note: error.cause });
    expect(captured.text()).toBe('');

    const after = await app.inject({
      method: 'POST',
      url: '/api/subscriptions',
      headers: OWN,
      payload: REPORT,
    });
    expect(after.statusCode).toBe(200);
    expect((await app.inject({ url: '/healthz', headers: OWN })).statusCode).toBe(200);
  });
});
