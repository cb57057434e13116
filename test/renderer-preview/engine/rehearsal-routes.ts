import { implement } from '@orpc/server';
import { contract } from '../../../electron/contract/procedures.ts';
import type { Rehearsal } from '../../../electron/contract/rehearsal.ts';
import type { Changes } from './changes.ts';
import { refuse } from './refuse.ts';

const os = implement(contract);

/** A rehearsal whose devices subscribe for ever: its campaign is shown by the components that the real one has. */
export function createRehearsalRoutes(changes: Changes) {
  let current: Rehearsal | null = null;
  const none = (): never =>
    refuse('NOT_FOUND', {
      code: 'no-rehearsal',
      cause: 'There is no rehearsal.',
      cure: 'Start one with Rehearse in Compose.',
    });

  return {
    start: os.rehearsal.start.handler(({ input: { devices, faults } }) => {
      current = {
        state: 'registering',
        startedAt: Date.now(),
        devices,
        registered: Math.floor(devices / 3),
        faults,
        campaignId: null,
        decrypts: devices > 20_000 ? 'sample' : 'all',
        record: { received: 0, accepted: 0, shown: 0, undecryptable: 0 },
        problem: null,
      };
      changes.publish('rehearsal');
      return current;
    }),
    current: os.rehearsal.current.handler(() => current),
    stop: os.rehearsal.stop.handler(() => {
      current = null;
      changes.publish('rehearsal');
      return null;
    }),
    campaigns: {
      get: os.rehearsal.campaigns.get.handler(none),
      pause: os.rehearsal.campaigns.pause.handler(none),
      resume: os.rehearsal.campaigns.resume.handler(none),
      cancel: os.rehearsal.campaigns.cancel.handler(none),
      resumePart: os.rehearsal.campaigns.resumePart.handler(none),
      sendAgain: os.rehearsal.campaigns.sendAgain.handler(none),
      deliveries: os.rehearsal.campaigns.deliveries.handler(none),
      delivery: os.rehearsal.campaigns.delivery.handler(none),
    },
  };
}
