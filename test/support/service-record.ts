import type { PushService } from '../../electron/engine/local-push-service/push-service.ts';
import { UNSEEN, type ServiceFacts } from './account.ts';

/** What the services have seen of each endpoint up to now. */
export function recordOf(services: readonly PushService[]): (endpoint: string) => ServiceFacts {
  const byEndpoint = new Map<string, { requests: number; accepted: number; messageIds: string[] }>();
  for (const { origin, requests } of services) {
    for (const { token, accepted, messageId } of requests.entries()) {
      const endpoint = `${origin}/wpush/v2/${token ?? ''}`;
      const facts = byEndpoint.get(endpoint) ?? { requests: 0, accepted: 0, messageIds: [] };
      byEndpoint.set(endpoint, facts);
      facts.requests += 1;
      if (accepted) facts.accepted += 1;
      if (messageId !== null) facts.messageIds.push(messageId);
    }
  }
  return (endpoint) => byEndpoint.get(endpoint) ?? UNSEEN;
}

export interface RequestCounter {
  total(): number;
  /** Resolves when this many more requests have come in. */
  next(count: number): Promise<void>;
}

export function requestCounter(services: readonly PushService[]): RequestCounter {
  let total = 0;
  const waiting = new Set<{ at: number; resolve: () => void }>();
  for (const { requests } of services) {
    requests.observe(() => {
      total += 1;
      for (const one of waiting) {
        if (total < one.at) continue;
        waiting.delete(one);
        one.resolve();
      }
    });
  }
  return {
    total: () => total,
    next: (count) =>
      new Promise((resolve) => {
        waiting.add({ at: total + count, resolve });
      }),
  };
}
