import { lookAtAll } from './support/screen-look.ts';
import { SUBSCRIPTION_STATES } from './support/subscription-states.ts';

lookAtAll([{ what: 'subscriptions and keys', scenario: 'full', states: SUBSCRIPTION_STATES }]);
