import { COMPOSE_CHOICES } from './support/compose-choices.ts';
import { COMPOSE_STATES } from './support/compose-states.ts';
import { lookAtAll } from './support/screen-look.ts';

lookAtAll([
  { what: 'a message that grows', scenario: 'full', states: COMPOSE_STATES },
  { what: 'what is chosen for a message', scenario: 'full', states: COMPOSE_CHOICES },
]);
