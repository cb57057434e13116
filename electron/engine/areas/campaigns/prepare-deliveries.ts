import type { Audience, KeptAudience } from '../../../contract/campaign-audience.ts';
import type { KeyPairId } from '../../../contract/ids.ts';
import { lifecycleOf } from '../../../core/campaign/lifecycle.ts';
import type { CampaignRow } from '../../dispatch/campaign-store.ts';
import type { CampaignStores } from './campaign-stores.ts';
import { createPersonalWriter } from './personal/personal-writer.ts';
import { createTally } from '../../dispatch/tally.ts';
import {
  isEmpty,
  type RowFilter,
  type StretchView,
} from '../subscriptions/subscription-selection-service.ts';

/** How many subscriptions one transaction looks at: a few tens of milliseconds. */
const PIECE = 5000;

/** Finds who is meant, one stretch of row ids after the other. */
export interface MemberFinder {
  rows(audience: Audience, kept: KeptAudience | null): RowFilter;
  stretches(): number;
  view(stretch: number): StretchView;
}

export interface PrepareOptions {
  stores: CampaignStores;
  /** Pairs that can sign now, and the one for subscriptions whose key is not known. */
  signers: () => { keyPairIds: readonly KeyPairId[]; fallbackKeyPairId: KeyPairId | null };
  /** For an audience that is not everyone. */
  finder: MemberFinder;
  /** Some of its deliveries were sent by an engine of which this one knows nothing: those being written now may be among them. */
  mayHaveGone: boolean;
  /** Whether service workers are asked to report what becomes of the messages. */
  asksReceipts: () => boolean;
  /** Origins of the person's own sites. */
  ownSites: () => readonly string[];
  now: () => number;
  /** Called after each piece; `ready` when all deliveries are written and the campaign is running. */
  onPiece: (ready: boolean) => void;
}

/**
 * Makes the function that writes the deliveries of a campaign piece by piece. Each piece moves the campaign's cursor in its own
 * transaction, so an interrupted campaign continues where it stopped and writes nothing twice.
 *
 * [Note: members] Who is meant is found first, within half a second for a million, and kept: people who join, leave or change after that,
 * while deliveries are written, make no difference to the audience. One who unsubscribes meanwhile still gets nothing: that is checked for
 * each delivery. If the engine ends before all are found, they are found again at its next start.
 */
export function preparePieces(
  campaign: CampaignRow,
  { stores, signers, finder, mayHaveGone, asksReceipts, ownSites, now, onPiece }: PrepareOptions,
): () => 'more' | 'done' {
  const { db, campaigns, canaries, audience, members, lanes, bulk, sums } = stores;
  const { id, audienceEnd } = campaign;
  const meant = campaigns.audienceOf(id);
  const isEveryone = meant?.kind === 'everyone' && (meant.leaveOut ?? []).length === 0;
  const personal = createPersonalWriter(campaign, stores, asksReceipts, ownSites);
  let cursor = campaign.audienceCursor;
  let search: { rows: RowFilter; stretch: number; end: number } | null = null;

  const findPiece = (): void => {
    if (search === null) {
      if (meant === null) throw new Error('The audience of this campaign cannot be read.');
      members.clear(id);
      search = { rows: finder.rows(meant, campaign.kept), stretch: 0, end: finder.stretches() };
    }
    const bits = search.rows.bits(finder.view(search.stretch));
    if (!isEmpty(bits)) members.add(id, search.stretch, bits);
    search.stretch += 1;
    if (search.stretch >= search.end) members.setFound(id);
  };

  /** The next rows, and how far they extend. */
  const nextRows = () => {
    if (isEveryone) return { ids: null, upTo: audience.idAfter(cursor, audienceEnd, PIECE) };
    const ids = members.after(id, cursor, PIECE).filter((one) => one <= audienceEnd);
    return { ids, upTo: ids.at(-1) ?? audienceEnd };
  };

  const writePiece = (): { kind: 'more' | 'done' | 'stopped'; upTo: number } => {
    // The person may have paused or cancelled it since.
    if (!lifecycleOf(campaigns.stateOf(id)).isPreparing) return { kind: 'stopped', upTo: cursor };
    if (!isEveryone && !members.areFound(id)) {
      findPiece();
      return { kind: 'more', upTo: cursor };
    }
    const at = now();
    const { ids, upTo } = nextRows();
    const batch = { campaignId: id, ids, after: cursor, upTo, ...signers() };
    const written = personal === null ? audience.write(batch, at) : personal.write(batch, at);
    const tally = createTally();
    for (const { count, ...lane } of written) {
      lanes.add(lane);
      tally.add(lane, 'queued', null, count);
    }
    tally.write(sums, at);
    campaigns.setCursor(id, upTo);
    if (upTo < audienceEnd) return { kind: 'more', upTo };
    members.clear(id);
    if (mayHaveGone) bulk.mayHaveGone(id);
    campaigns.setRecipients(id, sums.openCount(id));
    canaries.choose(id);
    campaigns.setState(id, 'running', null);
    return { kind: 'done', upTo };
  };

  return () => {
    const { kind, upTo } = db.transaction(writePiece);
    cursor = upTo;
    if (kind !== 'stopped') onPiece(kind === 'done');
    return kind === 'more' ? 'more' : 'done';
  };
}
