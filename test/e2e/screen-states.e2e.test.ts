import { CAMPAIGN_STATES, EMPTY_STATES, WAITING_STATES } from './support/campaign-states.ts';
import { lookAtAll } from './support/screen-look.ts';

lookAtAll([
  { what: 'campaigns and rehearsals', scenario: 'full', states: CAMPAIGN_STATES },
  { what: 'what waits for the person', scenario: 'eventful', states: WAITING_STATES },
  { what: 'a list that is empty', scenario: 'empty', states: EMPTY_STATES },
]);
