import { describe, expect, it } from 'vitest';
import { createAppClient } from './app-client.ts';
import { KEY_A, json } from '../testing/fakes.ts';

const answering = (status: number, body: string) => {
  const asked: { path: string; init: RequestInit | undefined }[] = [];
  const client = createAppClient((input, init) => {
    asked.push({ path: input as string, init });
    return Promise.resolve(new Response(body, { status }));
  });
  return { client, asked };
};

describe('createAppClient', () => {
  it('asks for the key', async () => {
    expect(await answering(200, `{"publicKey":"${KEY_A}"}`).client.publicKey()).toEqual({
      kind: 'done',
      value: KEY_A,
    });
    expect(await answering(200, '{"publicKey":null}').client.publicKey()).toEqual({
      kind: 'done',
      value: null,
    });
  });

  it('sends a report as JSON that outlives the page', async () => {
    const { client, asked } = answering(201, '{"stored":"new"}');
    const report = { subscription: json('a'), publicKey: KEY_A };
    expect(await client.report(report)).toEqual({ kind: 'done', value: 'known' });
    expect(asked[0]?.path).toBe('api/subscriptions');
    expect(asked[0]?.init).toMatchObject({
      method: 'POST',
      keepalive: true,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(report),
    });
  });

  it('sends a cancellation', async () => {
    const { client, asked } = answering(200, '{"known":false}');
    expect(await client.cancel({ endpoint: 'e', auth: 'a' })).toEqual({ kind: 'done', value: false });
    expect(asked[0]?.init?.method).toBe('DELETE');
  });

  it('passes on the problem that the app names', async () => {
    const error = { code: 'x', cause: 'Why.', cure: 'What to do.' };
    const { client } = answering(422, JSON.stringify({ error }));
    expect(await client.publicKey()).toEqual({ kind: 'problem', problem: error });
  });

  it.each([
    ['a page of another program', 200, '<!doctype html>'],
    ['other JSON', 200, '{"hello":1}'],
    ['a list', 200, '[]'],
    ['an error of another program', 404, '{"message":"not found"}'],
    ['an error with half a problem', 500, '{"error":{"code":"x"}}'],
  ])('knows %s for what it is', async (_what, status, body) => {
    const answer = await answering(status, body).client.publicKey();
    expect(answer).toMatchObject({ kind: 'problem', problem: { code: 'odd-answer' } });
  });

  it('says that the app does not answer when the request fails', async () => {
    const client = createAppClient(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await client.publicKey()).toMatchObject({ kind: 'problem', problem: { code: 'app-unreachable' } });
  });
});
