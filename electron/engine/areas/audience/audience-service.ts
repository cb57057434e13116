import type {
  Audience,
  AudiencePart,
  KeptAudience,
  KeptAudiencePart,
} from '../../../contract/campaign-audience.ts';
import type { CampaignId } from '../../../contract/ids.ts';
import { Refusal, type Problem } from '../../../contract/problem.ts';
import { subscriptionFilterSchema, type SubscriptionFilter } from '../../../contract/subscriptions.ts';
import { assertNever } from '../../../core/assert-never.ts';
import { keptAudience } from '../../../core/campaign/audience-words.ts';
import type { ReceiptService } from '../receipts/receipt-service.ts';
import {
  anyOf,
  campaignsOf,
  filterOfIds,
  lessThan,
  type RowFilter,
  type SubscriptionSelection,
} from '../subscriptions/subscription-selection-service.ts';
import { partsOf, remarksOnAudience } from './audience-remarks.ts';
import { mustBeOutsideOfBin } from './outside-of-bin.ts';
import type { SegmentRow, Segments } from './segment-service.ts';

/** Whom an audience means. */
export interface AudienceResolver {
  /**
   * The rows, with tags and keys under their present names.
   * @param kept what its segments were when the campaign started; `null`: what they are now
   * @throws Refusal BAD_INPUT for a segment that does not exist, or a campaign of which it is not known who saw it, or a filter
   *   of the bin
   */
  rows(audience: Audience, kept: KeptAudience | null): RowFilter;
  /** As words and data, for later, when segments may have changed. @throws Refusal BAD_INPUT as `rows` does */
  kept(audience: Audience): KeptAudience;
  /** What it names that nobody has. */
  remarks(audience: Audience): Problem[];
}

export function createAudienceResolver({
  selection,
  segments,
  knowledgeOf,
}: {
  selection: Pick<SubscriptionSelection, 'prepare' | 'idsOfEndpoints' | 'nobodys'>;
  segments: Pick<Segments, 'find'>;
  /** Whether it is still known who saw a campaign. */
  knowledgeOf: ReceiptService['knowledgeOf'];
}): AudienceResolver {
  /** If it were no longer known who saw a campaign, people excluded for having seen it would get this one. */
  const mustBeKnown = (filter: SubscriptionFilter) => {
    for (const id of campaignsOf(filter)) {
      const knowledge = knowledgeOf(id);
      if (knowledge === 'missing') throw new Refusal('BAD_INPUT', campaignMissing(id));
      if (knowledge === 'removed') throw new Refusal('BAD_INPUT', deliveriesGone(id));
    }
  };
  const mustBeSendable = (filter: SubscriptionFilter) => {
    mustBeOutsideOfBin(filter, 'audience');
    mustBeKnown(filter);
  };
  const mustFind = (id: SegmentRow['id']): SegmentRow => {
    const row = segments.find(id);
    if (row === null) throw new Refusal('BAD_INPUT', SEGMENT_GONE);
    mustBeKnown(row.filter);
    return row;
  };

  const segmentFilter = (id: SegmentRow['id'], kept: KeptAudience | null): SubscriptionFilter => {
    const parts = kept === null ? [] : [...kept.anyOf, ...kept.leaveOut];
    const then = parts.flatMap((part) => (part.kind === 'segment' && part.id === id ? [part.filter] : []))[0];
    return then ?? mustFind(id).filter;
  };

  const rowsOf = (part: AudiencePart, kept: KeptAudience | null): RowFilter => {
    switch (part.kind) {
      case 'segment':
        return selection.prepare(segmentFilter(part.id, kept));
      case 'filter':
        if (kept === null) mustBeSendable(part.filter);
        return selection.prepare(outsideOfBin(part.filter));
      case 'tag':
        return selection.prepare(filterOf({ tagsAnyOf: [part.tag] }));
      case 'externalIds':
        return selection.prepare(filterOf({ externalIds: part.externalIds }));
      case 'chosen':
        return filterOfIds(part.ids);
      case 'endpoints':
        return filterOfIds(selection.idsOfEndpoints(part.endpoints));
      default:
        return assertNever(part);
    }
  };

  const keptPart = (part: AudiencePart): KeptAudiencePart => {
    switch (part.kind) {
      case 'segment': {
        const { id, name, filter } = mustFind(part.id);
        return { kind: 'segment', id, name, filter };
      }
      case 'filter':
        mustBeSendable(part.filter);
        return { kind: 'filter', filter: part.filter };
      case 'tag':
        return part;
      case 'chosen':
        return { kind: 'chosen', count: part.ids.length };
      case 'externalIds':
        return { kind: 'externalIds', count: part.externalIds.length };
      case 'endpoints':
        return { kind: 'endpoints', count: part.endpoints.length };
      default:
        return assertNever(part);
    }
  };

  const remarks = (audience: Audience) =>
    remarksOnAudience(audience, { nobodys: selection.nobodys, segments });

  return {
    rows(audience, kept) {
      const all = (parts: readonly AudiencePart[]) => anyOf(parts.map((part) => rowsOf(part, kept)));
      const meant = audience.kind === 'everyone' ? selection.prepare(filterOf({})) : all(partsOf(audience));
      const { leaveOut = [] } = audience;
      return leaveOut.length === 0 ? meant : lessThan(meant, all(leaveOut));
    },
    kept(audience) {
      return keptAudience({
        kind: audience.kind,
        anyOf: partsOf(audience).map(keptPart),
        leaveOut: (audience.leaveOut ?? []).map(keptPart),
        remarks: remarks(audience).map(({ cause }) => cause),
      });
    },
    remarks,
  };
}

/** Campaigns that started with earlier versions may have kept one that asks for the bin. */
const outsideOfBin = (filter: SubscriptionFilter): SubscriptionFilter => ({ ...filter, inBin: false });
const filterOf = (more: Partial<SubscriptionFilter>) => ({ ...subscriptionFilterSchema.parse({}), ...more });

const SEGMENT_GONE = {
  code: 'segment-gone',
  cause: 'A segment of this audience no longer exists.',
  cure: 'Remove it from the audience, or choose another one.',
  field: 'audience',
};

const campaignMissing = (id: CampaignId) => ({
  code: 'campaign-missing',
  cause: `This audience depends on who saw campaign #${id}, but there is no campaign with that number.`,
  cure: 'Remove that condition from the audience, or choose another campaign.',
  field: 'audience',
});

const deliveriesGone = (id: CampaignId) => ({
  code: 'campaign-deliveries-gone',
  cause: `This audience depends on who saw campaign #${id}, but the deliveries of that campaign are no longer stored.`,
  cure: 'Remove that condition from the audience, or choose another campaign.',
  field: 'audience',
});
