import { createAudienceResolver } from '../../audience/audience-service.ts';
import { createSegments, type Segments } from '../../audience/segment-service.ts';
import { createSelection } from '../../subscriptions/subscription-selection-service.ts';
import { campaignRig } from './campaign-rig.ts';

/** A rig whose audiences may be filters and segments. */
export function rigWithSegments() {
  const made: Segments[] = [];
  const rig = campaignRig({
    audiences({ db, sums, time: { clock } }) {
      const selection = createSelection({
        db,
        sums,
        publicKeyOf: () => null,
        asksReceipts: () => false,
        clock,
      });
      const changes = { publish: () => undefined };
      const segments = createSegments({ db, selection, expireDue: () => undefined, changes, clock });
      made.push(segments);
      return {
        selection,
        audiences: createAudienceResolver({ selection, segments, knowledgeOf: () => 'told' }),
      };
    },
  });
  const [segments] = made;
  if (segments === undefined) throw new Error('The rig made no segments.');
  return { rig, segments };
}
