import { createAppRoutes, createServerRoutes } from './app-routes.ts';
import { createCampaignRoutes } from './campaign-routes.ts';
import { createChanges } from './changes.ts';
import { createSampleKeyRing } from './sample-key-ring.ts';
import { createKeyRoutes } from './key-routes.ts';
import { createRehearsalRoutes } from './rehearsal-routes.ts';
import type { Scenario } from './scenario.ts';
import { createSubscriptionRoutes } from './subscription-routes.ts';

/**
 * The contract served from sample data in memory, for looking at the user interface in a browser. What no screen of it
 * calls may be missing: each route is held to its own part of the contract.
 */
export function createSampleRouter(scenario: Scenario) {
  const changes = createChanges();
  const keyRing = createSampleKeyRing(scenario);
  return {
    app: createAppRoutes(scenario, changes, keyRing),
    keys: createKeyRoutes(scenario, changes, keyRing),
    subscriptions: createSubscriptionRoutes(scenario, changes),
    campaigns: createCampaignRoutes(scenario, changes),
    rehearsal: createRehearsalRoutes(changes),
    server: createServerRoutes(scenario, changes),
  };
}
