import type { createTanstackQueryUtils } from '@orpc/tanstack-query';
import type { QueryKey } from '@tanstack/react-query';
import type { Topic } from '../../electron/contract/changes.ts';
import type { EngineClient } from './connection.ts';

export type EngineQueries = ReturnType<typeof createTanstackQueryUtils<EngineClient>>;

/** Which reads each topic makes stale. */
const READS_OF_TOPIC: Record<Topic, (queries: EngineQueries) => QueryKey[]> = {
  keys: ({ keys, subscriptions, campaigns, app }) => [
    keys.key(),
    subscriptions.key(),
    campaigns.preflight.key(),
    app.overview.key(),
    app.info.key(),
  ],
  subscriptions: ({ keys, subscriptions, audience, campaigns, app, server }) => [
    subscriptions.key(),
    audience.key(),
    keys.list.key(),
    campaigns.preflight.key(),
    app.overview.key(),
    app.listOverview.key(),
    server.phone.key(),
  ],
  acts: ({ subscriptions }) => [subscriptions.acts.key()],
  segments: ({ audience, campaigns }) => [audience.segments.key(), campaigns.preflight.key()],
  tags: ({ audience }) => [audience.tags.key(), audience.attributes.key()],
  campaigns: ({ campaigns, app, rehearsal }) => [
    rehearsal.lastCampaign.key(),
    campaigns.list.key(),
    campaigns.scheduled.key(),
    campaigns.get.key(),
    app.overview.key(),
  ],
  deliveries: ({ campaigns, app }) => [
    campaigns.list.key(),
    campaigns.get.key(),
    campaigns.deliveries.key(),
    campaigns.delivery.key(),
    app.overview.key(),
    app.listOverview.key(),
  ],
  drafts: ({ drafts }) => [drafts.list.key(), drafts.get.key()],
  templates: ({ templates }) => [templates.key()],
  receipts: ({ receipts }) => [receipts.key()],
  rehearsal: ({ rehearsal }) => [
    rehearsal.current.key(),
    rehearsal.campaigns.get.key(),
    rehearsal.campaigns.deliveries.key(),
    rehearsal.campaigns.delivery.key(),
  ],
  server: ({ server }) => [server.status.key()],
  tokens: ({ tokens }) => [tokens.key()],
  workers: ({ workers }) => [workers.key()],
  phone: ({ server }) => [server.phone.key()],
  requests: ({ server }) => [server.requests.key()],
  settings: ({ app, campaigns }) => [
    app.settings.key(),
    app.info.key(),
    campaigns.preflight.key(),
    campaigns.checkPictures.key(),
    campaigns.ownFormats.key(),
  ],
  app: ({ app }) => [app.info.key()],
  overview: ({ app }) => [app.listOverview.key()],
};

/** The query keys to read again after these topics changed, each once. */
export function readsOf(topics: Iterable<Topic>, queries: EngineQueries): QueryKey[] {
  const keys = new Map<string, QueryKey>();
  for (const topic of topics) {
    for (const key of READS_OF_TOPIC[topic](queries)) keys.set(JSON.stringify(key), key);
  }
  return [...keys.values()];
}
