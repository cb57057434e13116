import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { browserSubscription } from '../../../testing/browser-subscription.ts';
import { apiRig, type ApiRig } from './local-api.ts';

type Answer = Awaited<ReturnType<ApiRig['call']>>;

/** At a port of this machine where nobody listens: nothing leaves the machine. */
export const subscriptionAt = (name: string) =>
  browserSubscription({ endpoint: `https://127.0.0.1:9/push/${name}` });

/** The local API as the backend of a shop uses it. */
export async function shop() {
  const rig = await apiRig();
  await rig.client.keys.generate({ name: 'Shop', subject: 'mailto:owner@example.com' });
  const post = (url: string, payload: object, headers: Record<string, string> = {}): Promise<Answer> =>
    rig.call({ method: 'POST', url: `/api/v1${url}`, payload, headers });
  const get = async (url: string) => {
    const answer = await rig.call({ url: `/api/v1${url}` });
    expect([url, answer.statusCode]).toEqual([url, 200]);
    return answer.json<Record<string, unknown>>();
  };
  return { ...rig, post, get };
}

/** For a request that is repeated at most by itself. */
export const key = () => ({ 'idempotency-key': randomUUID() });
export const MESSAGE = { title: 'Sale', body: 'Today only' };
