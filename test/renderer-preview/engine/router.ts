import { implement } from '@orpc/server';
import { contract } from '../../../electron/contract/procedures.ts';
import { createAppRoutes, createServerRoutes } from './app-routes.ts';
import { createCampaignRoutes } from './campaign-routes.ts';
import { createChanges } from './changes.ts';
import { createKeyRoutes } from './key-routes.ts';
import type { Scenario } from './scenario.ts';
import { createSubscriptionRoutes } from './subscription-routes.ts';

/** The contract served from sample data in memory, for looking at the user interface in a browser. */
export function createSampleRouter(scenario: Scenario) {
  const changes = createChanges();
  return implement(contract).router({
    app: createAppRoutes(scenario, changes),
    keys: createKeyRoutes(scenario, changes),
    subscriptions: createSubscriptionRoutes(scenario, changes),
    campaigns: createCampaignRoutes(scenario, changes),
    server: createServerRoutes(scenario, changes),
  });
}
