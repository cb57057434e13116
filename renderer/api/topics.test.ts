import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { createORPCClient } from '@orpc/client';
import { describe, expect, it } from 'vitest';
import { topicSchema } from '../../electron/contract/changes.ts';
import type { EngineClient } from './connection.ts';
import { readsOf } from './topics.ts';

const client: EngineClient = createORPCClient({
  call: () => Promise.reject(new Error('Nothing is called here.')),
});
const queries = createTanstackQueryUtils(client);
const pathsOf = (...topics: Parameters<typeof readsOf>[0][]) =>
  topics.flatMap((topic) => readsOf(topic, queries)).map(([path]) => (path as string[]).join('.'));

describe('what a change makes stale', () => {
  it.each(topicSchema.options)('%s has something to read again', (topic) => {
    expect(readsOf([topic], queries)).not.toEqual([]);
  });

  it('names each read once, however many topics ask for it', () => {
    const paths = pathsOf(['campaigns', 'deliveries', 'keys']);
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths).toContain('campaigns.get');
    expect(pathsOf(['campaigns'])).toContain('campaigns.scheduled');
  });

  it('never reads everything about campaigns again', () => {
    expect(pathsOf(topicSchema.options)).not.toContain('campaigns');
  });
});
