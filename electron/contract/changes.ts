import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { accessTokenTopics } from './access-tokens.ts';
import { actTopics } from './acts.ts';
import { appTopics } from './app.ts';
import { audienceTopics } from './audience.ts';
import { campaignTopics } from './campaigns.ts';
import { draftTopics } from './drafts.ts';
import { keyTopics } from './keys.ts';
import { listOverviewTopics } from './list-overview.ts';
import { procedure } from './procedure.ts';
import { receiptTopics } from './receipts.ts';
import { rehearsalTopics } from './rehearsal.ts';
import { serverTopics } from './server.ts';
import { settingsTopics } from './settings.ts';
import { subscriptionTopics } from './subscriptions.ts';
import { workerTopics } from './workers.ts';

/** What a live view depends on; a change names what to read again. */
export const topicSchema = z.enum([
  ...keyTopics,
  ...subscriptionTopics,
  ...actTopics,
  ...audienceTopics,
  ...campaignTopics,
  ...draftTopics,
  ...receiptTopics,
  ...rehearsalTopics,
  ...serverTopics,
  ...accessTokenTopics,
  ...workerTopics,
  ...settingsTopics,
  ...appTopics,
  ...listOverviewTopics,
]);
export type Topic = z.infer<typeof topicSchema>;

export const changesProcedures = {
  /** What changed, at most ten times a second, topics merged. */
  changes: procedure
    .route({ method: 'GET', path: '/changes', summary: 'Changes, as they happen' })
    .output(eventIterator(z.object({ topics: z.array(topicSchema) }))),
};
