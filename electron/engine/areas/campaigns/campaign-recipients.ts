import type { Audience, KeptAudience } from '../../../contract/campaign-audience.ts';
import type { Problem } from '../../../contract/problem.ts';
import type { EmptyAudience } from '../../../core/campaign/nobody.ts';
import { keptAudience } from '../../../core/campaign/audience-words.ts';
import type { AudienceResolver } from '../audience/audience-service.ts';
import {
  filterOfIds,
  isEmpty,
  type SubscriptionSelection,
} from '../subscriptions/subscription-selection-service.ts';
import {
  soundSum,
  type SubscriptionSum,
  type SubscriptionSums,
} from '../subscriptions/subscription-sums-service.ts';
import type { MemberFinder } from './prepare-deliveries.ts';

/** How many chosen ones are asked for in one statement. */
const MAX_AT_ONCE = 10_000;

/** Whom an audience means. */
export interface CampaignRecipients {
  /**
   * The groups that they form. In pieces, if they have to be found.
   * @throws Refusal BAD_INPUT for a segment that does not exist
   */
  measure(audience: Audience): Promise<readonly SubscriptionSum[]>;
  /** The same without pieces, for everyone and for chosen ones. */
  ofSimple(audience: Audience): SubscriptionSum[];
  /** Why it is nobody, for an audience that was measured as empty. */
  whyEmpty(audience: Audience): EmptyAudience;
  /** What it names that nobody has. */
  remarks(audience: Audience): Problem[];
  /** The audience as it is kept with its campaign. */
  kept(audience: Audience): KeptAudience;
  /** Finds them one by one, for their deliveries. */
  readonly finder: MemberFinder;
}

/** @param audiences finds whom filters and segments mean; `null`: only everyone and chosen ones are possible */
export function createCampaignRecipients({
  subscriptions,
  selection,
  audiences,
}: {
  subscriptions: SubscriptionSums;
  selection: Pick<SubscriptionSelection, 'stretches' | 'view' | 'sumsOf'>;
  audiences: AudienceResolver | null;
}): CampaignRecipients {
  const finder: MemberFinder = {
    rows(audience, kept) {
      if (audiences !== null) return audiences.rows(audience, kept);
      if (audience.kind === 'chosen') return filterOfIds(audience.ids);
      throw new Error('This audience can’t be looked up here.');
    },
    stretches: () => selection.stretches(),
    view: (stretch) => selection.view(stretch),
  };
  const ofSimple = (audience: Audience): SubscriptionSum[] => {
    // Expired ones count as such even before the list has been checked.
    subscriptions.expireDue();
    if (audience.kind === 'matching') throw new Error('An audience of this kind has to be measured first.');
    const found = audience.kind === 'everyone' ? subscriptions.list() : subscriptions.listOf(audience.ids);
    return found.map(soundSum);
  };

  const isAnyone = (audience: Audience): boolean => {
    const rows = finder.rows(audience, null);
    for (let stretch = 0; stretch < finder.stretches(); stretch += 1)
      if (!isEmpty(rows.bits(finder.view(stretch)))) return true;
    return false;
  };

  return {
    finder,
    ofSimple,
    whyEmpty({ leaveOut = [], ...audience }) {
      const existing = subscriptions.list().map(soundSum);
      if (existing.length === 0) return 'no-subscriptions';
      if (existing.every(({ inBin }) => inBin)) return 'all-in-bin';
      return leaveOut.length > 0 && isAnyone(audience) ? 'all-left-out' : 'none-match';
    },
    remarks: (audience) => audiences?.remarks(audience) ?? [],
    async measure(audience) {
      const isSimple = (audience.leaveOut ?? []).length === 0 && audience.kind !== 'matching';
      if (isSimple && (audience.kind === 'everyone' || audience.ids.length <= MAX_AT_ONCE)) {
        return ofSimple(audience);
      }
      subscriptions.expireDue();
      return (await selection.sumsOf(finder.rows(audience, null))).map(soundSum);
    },
    kept(audience) {
      if (audiences !== null) return audiences.kept(audience);
      const anyOf =
        audience.kind === 'chosen' ? [{ kind: 'chosen' as const, count: audience.ids.length }] : [];
      return keptAudience({ kind: audience.kind, anyOf, leaveOut: [] });
    },
  };
}
