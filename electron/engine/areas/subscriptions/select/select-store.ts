import type { DeliveryState } from '../../../../contract/deliveries.ts';
import type { CampaignId } from '../../../../contract/ids.ts';
import type { ReadableDb } from '../../../store/database.ts';
import { groupParams, IS_OF_GROUP, type GroupParams, type SubscriptionGroup } from '../subscription-group.ts';

/** Row ids from `from` up to, but not including, `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What devices reported in receipts: `any` means all that are known to send them. */
export type ToldKind = 'any' | 'shown' | 'clicked';

/** What devices reported for one campaign. */
export type CampaignToldKind = 'shown' | 'not shown' | 'clicked' | 'not clicked';

/** What a filter can ask about a stretch of row ids. Each answer is a list of ids, in no particular order. */
export interface SelectStore {
  lastRowId(): number;
  /** The highest id that was ever given to a row. */
  lastGivenId(): number;
  ofGroup(group: SubscriptionGroup, range: Range): number[];
  /** Those whose last delivery is in this state (`null`: there was none), and whether they were never reached; not for `accepted`. */
  ofOutcome(state: DeliveryState | null, isNeverReached: boolean, range: Range): number[];
  /** Those whose device last reported this at `since` or later; for `any`, the time does not matter. */
  ofTold(kind: ToldKind, since: number, range: Range): number[];
  /** Those whose device reported this for a campaign, or could have done so and did not. */
  ofCampaign(kind: CampaignToldKind, campaignId: CampaignId, range: Range): number[];
  /** When the first and the last of them was added. */
  addedBounds(range: Range): { first: number; last: number } | null;
  addedBetween(from: number, before: number, range: Range): number[];
  /** Those whose label or external ID is like this. */
  named(pattern: string, range: Range): number[];
  withValue(attribute: string, values: readonly string[], range: Range): number[];
  /** The same, plus those with a value containing this text in one of these attributes. */
  namedOrWithValue(text: string, attributes: readonly string[], range: Range): number[];
  /** Those of the given rows whose endpoint is like this. */
  endpointsLike(pattern: string, ids: readonly number[]): number[];
  /** The same for a whole range. */
  endpointsLikeIn(pattern: string, range: Range): number[];
}

/**
 * `%text%` for LIKE with a backslash as escape. A null character would end the pattern there, so that too much would match: it is replaced
 * by one that none of our texts contain.
 */
export const patternOf = (text: string): string =>
  `%${text.replace(/[\\%_]/g, '\\$&').replaceAll('\0', '\uFFFF')}%`;

/** A text within JSON, the way attributes are stored. */
const asStored = (text: string): string => JSON.stringify(text).slice(1, -1);

export function createSelectStore(db: ReadableDb): SelectStore {
  const highest = db.read<object, { id: number | null }>('SELECT max(id) AS id FROM subscriptions');
  const given = db.read<object, { id: number }>(
    `SELECT seq AS id FROM sqlite_sequence WHERE name = 'subscriptions'`,
  );
  const group = db.readColumn<GroupParams & Range, number>(
    `SELECT id FROM subscriptions WHERE ${IS_OF_GROUP} AND id >= @from AND id < @to`,
  );
  const outcome = db.readColumn<Range & { state: string; never: number }, number>(
    `SELECT id FROM subscriptions INDEXED BY subscriptions_by_outcome
     WHERE last_delivery_state IS NOT 'accepted' AND ifnull(last_delivery_state, '') = @state
       AND (last_accepted_at IS NULL) = @never AND id >= @from AND id < @to`,
  );
  // The key of the table is the row id of the subscription: a stretch is one range of it and needs no other index.
  const told = db.readColumn<Range, number>(
    'SELECT subscription_id FROM receipt_devices WHERE subscription_id >= @from AND subscription_id < @to',
  );
  const shown = db.readColumn<Range & { since: number }, number>(
    `SELECT subscription_id FROM receipt_devices
     WHERE subscription_id >= @from AND subscription_id < @to AND last_shown_at >= @since`,
  );
  const clicked = db.readColumn<Range & { since: number }, number>(
    `SELECT subscription_id FROM receipt_devices
     WHERE subscription_id >= @from AND subscription_id < @to AND last_clicked_at >= @since`,
  );
  // The index that keeps a campaign's deliveries unique has them in the order of their subscriptions.
  const toldOf = (condition: string) =>
    db.readColumn<Range & { campaignId: CampaignId }, number>(
      `SELECT d.subscription_id FROM deliveries d CROSS JOIN receipts r ON r.delivery_id = d.id
       WHERE d.campaign_id = @campaignId AND d.subscription_id >= @from AND d.subscription_id < @to AND ${condition}`,
    );
  const ofCampaign = {
    shown: toldOf('r.shown_at IS NOT NULL'),
    clicked: toldOf('r.clicked_at IS NOT NULL'),
    'not clicked': toldOf('r.shown_at IS NOT NULL AND r.clicked_at IS NULL'),
    'not shown': db.readColumn<Range & { campaignId: CampaignId }, number>(
      `SELECT d.subscription_id FROM deliveries d LEFT JOIN receipts r ON r.delivery_id = d.id
       WHERE d.campaign_id = @campaignId AND d.subscription_id >= @from AND d.subscription_id < @to
         AND d.state = 'accepted' AND r.shown_at IS NULL
         AND EXISTS (SELECT 1 FROM receipt_devices v WHERE v.subscription_id = d.subscription_id)`,
    ),
  } satisfies Record<CampaignToldKind, unknown>;
  const bounds = db.read<Range, { first: number | null; last: number | null }>(
    'SELECT min(added_at) AS first, max(added_at) AS last FROM subscriptions NOT INDEXED WHERE id >= @from AND id < @to',
  );
  const added = db.readColumn<Range & { start: number; end: number }, number>(
    `SELECT id FROM subscriptions NOT INDEXED WHERE id >= @from AND id < @to AND added_at >= @start AND added_at < @end`,
  );
  const named = db.readColumn<Range & { pattern: string }, number>(
    `SELECT id FROM people INDEXED BY people_named
     WHERE (label IS NOT NULL OR external_id IS NOT NULL) AND id >= @from AND id < @to
       AND (label LIKE @pattern ESCAPE '\\' OR external_id LIKE @pattern ESCAPE '\\')`,
  );
  const valued = db.readColumn<Range & { path: string; values: string; needle: string }, number>(
    `SELECT id FROM people WHERE id >= @from AND id < @to AND instr(attributes, @needle) > 0
       AND attributes ->> @path IN (SELECT value FROM json_each(@values))`,
  );
  // The text of all attributes rules most rows out before any of them is parsed.
  const namedOrValued = db.readColumn<
    Range & { names: string; pattern: string; jsonPattern: string },
    number
  >(
    `SELECT id FROM people p WHERE id >= @from AND id < @to AND (
       label LIKE @pattern ESCAPE '\\' OR external_id LIKE @pattern ESCAPE '\\' OR attributes LIKE @jsonPattern ESCAPE '\\' AND EXISTS (
         SELECT 1 FROM json_each(p.attributes) WHERE key IN (SELECT value FROM json_each(@names))
           AND value LIKE @pattern ESCAPE '\\'))`,
  );
  const endpointsIn = db.readColumn<Range & { pattern: string }, number>(
    `SELECT id FROM subscriptions NOT INDEXED WHERE id >= @from AND id < @to AND endpoint LIKE @pattern ESCAPE '\\'`,
  );
  const endpoints = db.readColumn<{ ids: string; pattern: string }, number>(
    `SELECT id FROM subscriptions WHERE id IN (SELECT value FROM json_each(@ids)) AND endpoint LIKE @pattern ESCAPE '\\'`,
  );

  return {
    lastRowId: () => highest.get({})?.id ?? 0,
    lastGivenId: () => given.get({})?.id ?? 0,
    ofGroup: (one, range) => group.all({ ...groupParams(one), ...range }),
    ofOutcome: (state, isNeverReached, range) =>
      outcome.all({ ...range, state: state ?? '', never: isNeverReached ? 1 : 0 }),
    ofTold: (kind, since, range) =>
      kind === 'any' ? told.all(range) : (kind === 'shown' ? shown : clicked).all({ ...range, since }),
    ofCampaign: (kind, campaignId, range) => ofCampaign[kind].all({ ...range, campaignId }),
    addedBounds(range) {
      const found = bounds.get(range);
      return found === undefined || found.first === null || found.last === null
        ? null
        : { first: found.first, last: found.last };
    },
    addedBetween: (start, end, range) => added.all({ ...range, start, end }),
    named: (pattern, range) => named.all({ ...range, pattern }),
    withValue: (attribute, values, range) =>
      valued.all({
        ...range,
        path: `$."${attribute}"`,
        values: JSON.stringify(values),
        // A row that has the only value asked for contains its text; the empty text is in every row.
        needle: values.length === 1 ? asStored(values[0] ?? '') : '',
      }),
    namedOrWithValue: (text, attributes, range) =>
      namedOrValued.all({
        ...range,
        names: JSON.stringify(attributes),
        pattern: patternOf(text),
        jsonPattern: patternOf(asStored(text)),
      }),
    endpointsLikeIn: (pattern, range) => endpointsIn.all({ ...range, pattern }),
    endpointsLike: (pattern, ids) => endpoints.all({ ids: JSON.stringify(ids), pattern }),
  };
}
