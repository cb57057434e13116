import type { KeyPairId } from '../../../contract/ids.ts';
import { lifecycleOf } from '../../../core/campaign/lifecycle.ts';
import type { CampaignRow } from '../../dispatch/campaign-store.ts';
import type { CampaignStores } from './campaign-stores.ts';
import { createTally } from '../../dispatch/tally.ts';

/** Subscriptions that one transaction looks at: some tens of milliseconds. */
const PIECE = 5000;

export interface PrepareOptions {
  stores: CampaignStores;
  /** Pairs that can sign now, and the one for subscriptions of which nobody told the key. */
  signers: () => { keyPairIds: readonly KeyPairId[]; fallbackKeyPairId: KeyPairId | null };
  now: () => number;
  /** Told after each piece; `ready` when all deliveries are written and the campaign runs. */
  onPiece: (ready: boolean) => void;
}

/**
 * Makes the function that writes the deliveries of a campaign piece by piece. Each piece moves the campaign's cursor in its own
 * transaction, so
 * an interrupted one goes on where it stopped and writes nothing twice.
 */
export function preparePieces(
  campaign: CampaignRow,
  { stores, signers, now, onPiece }: PrepareOptions,
): () => 'more' | 'done' {
  const { db, campaigns, audience, lanes, sums } = stores;
  const { id, audienceEnd } = campaign;
  let cursor = campaign.audienceCursor;

  const writePiece = (): { kind: 'more' | 'done' | 'stopped'; upTo: number } => {
    // The person may have paused or cancelled it since.
    if (!lifecycleOf(campaigns.stateOf(id)).isPreparing) return { kind: 'stopped', upTo: cursor };
    const at = now();
    // Chosen ones are few and may lie far apart.
    const upTo =
      campaign.audience.kind === 'chosen' ? audienceEnd : audience.idAfter(cursor, audienceEnd, PIECE);
    const written = audience.write(
      { campaignId: id, audience: campaign.audience, after: cursor, upTo, ...signers() },
      at,
    );
    const tally = createTally();
    for (const { count, ...lane } of written) {
      lanes.add(lane);
      tally.add(lane, 'queued', null, count);
    }
    tally.write(sums, at);
    campaigns.setCursor(id, upTo);
    if (upTo < audienceEnd) return { kind: 'more', upTo };
    campaigns.setRecipients(id, sums.openCount(id));
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
