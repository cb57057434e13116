import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TTL_SECONDS } from '../../contract/message.ts';
import { pushServiceSchema } from '../../contract/push-service.ts';
import { PUSH_SERVICES } from './all.ts';
import { fitToService } from './service-limits.ts';

const DAY = 86_400;
const services = pushServiceSchema.options;

describe('fitToService', () => {
  it.each(services)('leaves an ordinary message alone at %s', (service) => {
    const message = { ttlSeconds: DAY, topic: 'news' };
    expect(fitToService(message, service)).toEqual({ ...message, notes: [] });
  });

  it('shortens the TTL to what FCM keeps, and says so', () => {
    const fitted = fitToService({ ttlSeconds: 30 * DAY, topic: '' }, 'fcm');
    expect(fitted.ttlSeconds).toBe(28 * DAY);
    expect(fitted.notes).toEqual([expect.stringContaining('28 days')]);
  });

  it.each(['mozilla', 'apple'] as const)('lets 30 days stand at %s', (service) => {
    expect(fitToService({ ttlSeconds: 30 * DAY, topic: '' }, service).ttlSeconds).toBe(30 * DAY);
    expect(fitToService({ ttlSeconds: 30 * DAY + 1, topic: '' }, service).ttlSeconds).toBe(30 * DAY);
  });

  it('raises a TTL of 0 for Apple alone', () => {
    for (const service of services) {
      expect(fitToService({ ttlSeconds: 0, topic: '' }, service).ttlSeconds).toBe(
        service === 'apple' ? 1 : 0,
      );
    }
  });

  it('gives Apple no topic of a length of 4n + 1, and other services the topic as it is', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_-]{0,32}$/), (topic) => {
        const apple = fitToService({ ttlSeconds: DAY, topic }, 'apple');
        expect(apple.topic.length % 4).not.toBe(1);
        expect(apple.topic).toMatch(/^[A-Za-z0-9_-]{0,32}$/);
        expect(apple.notes).toHaveLength(topic === apple.topic ? 0 : 1);
        expect(apple.topic === topic).toBe(topic.length % 4 !== 1);
        expect(fitToService({ ttlSeconds: DAY, topic }, 'fcm').topic).toBe(topic);
      }),
    );
  });

  it('is the same when done twice', () => {
    const message = fc.record({
      ttlSeconds: fc.integer({ min: 0, max: MAX_TTL_SECONDS }),
      topic: fc.stringMatching(/^[A-Za-z0-9_-]{0,32}$/),
    });
    fc.assert(
      fc.property(message, fc.constantFrom(...services), (wanted, service) => {
        const { ttlSeconds, topic } = fitToService(wanted, service);
        expect(fitToService({ ttlSeconds, topic }, service)).toEqual({ ttlSeconds, topic, notes: [] });
      }),
    );
  });
});

describe('the header fields of one service', () => {
  it('gives WNS the cache policy that the TTL asks for, and others nothing', () => {
    expect(PUSH_SERVICES.wns.headers(60)).toEqual([['X-WNS-Cache-Policy', 'cache']]);
    expect(PUSH_SERVICES.wns.headers(0)).toEqual([['X-WNS-Cache-Policy', 'no-cache']]);
    for (const service of services.filter((name) => name !== 'wns')) {
      expect(PUSH_SERVICES[service].headers(60)).toEqual([]);
    }
  });
});
