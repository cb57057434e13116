import type { audienceProcedures } from '../../../contract/audience.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import type { ReceiptService } from '../receipts/receipt-service.ts';
import { tagKeyOf, type SubscriptionTags } from '../subscriptions/subscription-tags-service.ts';
import type { SubscriptionSelection } from '../subscriptions/subscription-selection-service.ts';
import type { SubscriptionSums } from '../subscriptions/subscription-sums-service.ts';
import { createAudienceResolver, type AudienceResolver } from './audience-service.ts';
import { createSegments } from './segment-service.ts';

export interface AudienceArea extends Area<typeof audienceProcedures> {
  readonly audiences: AudienceResolver;
}

export function createAudienceArea(
  { store, changes, clock }: Ground,
  needs: {
    selection: SubscriptionSelection;
    sums: SubscriptionSums;
    tagged: SubscriptionTags;
    knowledgeOf: ReceiptService['knowledgeOf'];
  },
): AudienceArea {
  const { selection, sums, tagged, knowledgeOf } = needs;
  const segments = createSegments({
    db: store.db,
    selection,
    expireDue: () => {
      sums.expireDue();
    },
    changes,
    clock,
  });
  return {
    audiences: createAudienceResolver({ selection, segments, knowledgeOf }),
    procedures: {
      segments,
      attributes: tagged.attributes,
      tags: {
        ...tagged.tags,
        async rename(input) {
          const renamed = await tagged.tags.rename(input);
          segments.renameTag(tagKeyOf(input.name), renamed.name);
          return renamed;
        },
      },
    },
  };
}
