import type { DeliveryState } from '../../../../contract/deliveries.ts';
import type { CampaignId } from '../../../../contract/ids.ts';
import { addRow, addRows, noRows, STRETCH_ROWS, type RowBits } from '../../../store/row-bits.ts';
import type { FactReader } from '../people/fact-store.ts';
import type { SubscriptionGroup, SubscriptionSum } from '../subscription-group.ts';
import type { ExistingRows } from './existing-rows.ts';
import type { KeptBits } from './kept-bits.ts';
import type { CampaignToldKind, Range, SelectStore, ToldKind } from './select-store.ts';

/** One stretch of row ids as filters see it. What several filters ask is read only once. The bits it returns must not be changed. */
export interface StretchView {
  readonly stretch: number;
  readonly range: Range;
  /** Groups of the whole store, with the number of rows in each. */
  readonly sums: readonly SubscriptionSum[];
  group(group: SubscriptionGroup): RowBits;
  /** All rows that exist. These bits are the caller's own and may be changed. */
  existing(): RowBits;
  fact(id: number): RowBits | null;
  outcome(state: DeliveryState | null, isNeverReached: boolean): RowBits;
  /** As `SelectStore.ofTold` says. */
  told(kind: ToldKind, since: number): RowBits;
  /** As `SelectStore.ofCampaign` says. */
  toldOfCampaign(kind: CampaignToldKind, campaignId: CampaignId): RowBits;
  /** Index rows that have been read so far: most of the work. */
  rowsRead(): number;
  /** Notes that this many further rows are being examined. */
  note(rows: number): void;
}

/** Removes rows from the bits of a stretch; `null` stands for all rows that could be there. */
export type Step = (bits: RowBits | null, view: StretchView) => RowBits | null;

export interface ViewSources {
  readonly store: SelectStore;
  readonly facts: Pick<FactReader, 'rows'>;
  readonly sums: () => readonly SubscriptionSum[];
  /** Groups of any stretch. */
  readonly kept: KeptBits;
  readonly existing: ExistingRows;
}

/** What it costs to go through the devices of a stretch, however few of them are meant, counted in rows read from an index. */
const TOLD_WORK = STRETCH_ROWS / 4;
/** The same for the deliveries of a campaign, each with a look at its receipts. */
const CAMPAIGN_WORK = STRETCH_ROWS;

export function createStretchView(
  stretch: number,
  { store, facts, sums, kept, existing }: ViewSources,
): StretchView {
  const range = { from: stretch * STRETCH_ROWS, to: (stretch + 1) * STRETCH_ROWS };
  const known = new Map<string, RowBits | null>();
  let read = 0;
  const counted = (ids: readonly number[]) => {
    read += ids.length;
    return bitsOf(ids);
  };
  const once = <Bits extends RowBits | null>(name: string, find: () => Bits): Bits => {
    const before = known.get(name);
    if (before !== undefined) return before as Bits;
    const bits = find();
    known.set(name, bits);
    return bits;
  };
  const all = sums();
  const group = ({ inBin, publicKey, pushService, state }: SubscriptionGroup): RowBits => {
    const name = `${stretch} ${JSON.stringify([inBin, publicKey, pushService, state])}`;
    return kept.of(name, () => counted(store.ofGroup({ inBin, publicKey, pushService, state }, range)));
  };
  return {
    stretch,
    range,
    sums: all,
    group,
    existing: () =>
      existing.of(stretch, () => {
        const rows = noRows();
        for (const sum of all) addRows(rows, group(sum));
        return rows;
      }),
    fact: (id) => once(`fact ${id}`, () => facts.rows(id, stretch)),
    outcome: (state, isNeverReached) =>
      once(`outcome ${state ?? ''} ${isNeverReached}`, () =>
        counted(store.ofOutcome(state, isNeverReached, range)),
      ),
    told: (kind, since) =>
      once(`told ${kind} ${since}`, () => {
        read += TOLD_WORK;
        return counted(store.ofTold(kind, since, range));
      }),
    toldOfCampaign: (kind, campaignId) =>
      once(`${kind} in ${campaignId}`, () => {
        read += CAMPAIGN_WORK;
        return counted(store.ofCampaign(kind, campaignId, range));
      }),
    rowsRead: () => read,
    note(rows) {
      read += rows;
    },
  };
}

export function bitsOf(ids: readonly number[]): RowBits {
  const bits = noRows();
  for (const id of ids) addRow(bits, id);
  return bits;
}
