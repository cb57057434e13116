import { describe, expect, it } from 'vitest';
import { capturedLog } from '../testing/captured-log.ts';
import { fakeClock } from '../testing/fake-clock.ts';
import { createFindProxy } from './find-proxy.ts';
import type { ProxyEnvironment } from './proxy-from-env.ts';

const FCM = 'https://fcm.googleapis.com/fcm/send/secret-token';

function finder(answer: string | Error = 'DIRECT', env: ProxyEnvironment = {}) {
  const clock = fakeClock();
  const captured = capturedLog();
  const asked: string[] = [];
  const state = { answer };
  const find = createFindProxy({
    env,
    ask(url) {
      asked.push(url);
      return state.answer instanceof Error ? Promise.reject(state.answer) : Promise.resolve(state.answer);
    },
    clock,
    log: captured.log,
  });
  return {
    find: async (url = FCM) => (await find(new URL(url)))?.href ?? null,
    asked,
    clock,
    state,
    captured,
  };
}

describe('the proxy', () => {
  it('is the one of the system, asked once a minute for an origin, and told no endpoint', async () => {
    const { find, asked, clock, state } = finder('PROXY proxy.example:3128');
    expect(await find()).toBe('http://proxy.example:3128/');
    await find('https://fcm.googleapis.com/fcm/send/another');
    expect(asked).toEqual(['https://fcm.googleapis.com/']);
    await find('https://web.push.apple.com/x');
    expect(asked).toHaveLength(2);
    state.answer = 'DIRECT';
    clock.advance(61_000);
    expect(await find()).toBeNull();
    expect(asked).toHaveLength(3);
  });

  it('is that of the environment where it says anything', async () => {
    const { find, asked } = finder('PROXY system.example:1', {
      HTTPS_PROXY: 'http://env.example:2',
      NO_PROXY: 'apple.com',
    });
    expect(await find()).toBe('http://env.example:2/');
    expect(await find('https://web.push.apple.com/x')).toBeNull();
    expect(asked).toEqual([]);
  });

  it('is none for what the environment excepts, also where the system has one', async () => {
    const { find } = finder('PROXY system.example:1', { NO_PROXY: 'apple.com' });
    expect(await find('https://web.push.apple.com/x')).toBeNull();
    expect(await find()).toBe('http://system.example:1/');
  });

  it.each(['https://localhost:4830', 'https://127.0.0.1:9', 'https://[::1]:9'])(
    'is none for %s',
    async (url) => {
      const { find, asked } = finder('PROXY system.example:1');
      expect(await find(url)).toBeNull();
      expect(asked).toEqual([]);
    },
  );

  it('of a kind that is not spoken here is an error that says so, and nobody goes around it', async () => {
    const { find } = finder('SOCKS5 proxy.example:1080; DIRECT');
    await expect(find()).rejects.toMatchObject({
      fault: 'proxy-unsupported',
      message: expect.stringContaining('SOCKS5') as string,
    });
  });

  it('is none where the system does not answer', async () => {
    const { find, captured } = finder(new Error('broken'));
    expect(await find()).toBeNull();
    expect(captured.text()).toContain('connecting directly');
  });
});
