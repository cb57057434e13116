import type { z } from 'zod';
import type { Audience } from '../../../../contract/campaign-audience.ts';
import type { SubscriptionId } from '../../../../contract/ids.ts';
import type {
  findRecipientsInputSchema,
  FoundRecipients,
  previewInputSchema,
  RecipientPreview,
} from '../../../../contract/recipient-preview.ts';
import { subscriptionFilterSchema } from '../../../../contract/subscriptions.ts';
import { EXAMPLE_PAYLOAD_ID } from '../../../../core/message/payload.ts';
import { personalOf } from '../../../../core/message/variables/personal.ts';
import { hasRow, idsOf, keepRows, STRETCH_ROWS, stretchOf } from '../../../store/row-bits.ts';
import type { PersonalMeasurerOptions } from './personal-measure.ts';

export interface RecipientPreviewer {
  /** The message as one subscription gets it; `null`: there is nobody, or no such subscription. In pieces, one stretch of row ids each. */
  previewFor(input: z.output<typeof previewInputSchema>): Promise<RecipientPreview | null>;
  /** Those of an audience who can be reached and match a search. In pieces, too. */
  findRecipients(input: z.output<typeof findRecipientsInputSchema>): Promise<FoundRecipients>;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

export function createRecipientPreviewer({
  recipients,
  finder,
  signers,
  asksReceipts,
  ownSites,
  clock,
}: Omit<PersonalMeasurerOptions, 'audience'>): RecipientPreviewer {
  const isEveryone = ({ kind, leaveOut = [] }: Audience) => kind === 'everyone' && leaveOut.length === 0;

  type Filters = readonly ReturnType<typeof finder.rows>[];
  const filtersOf = (audience: Audience): Filters =>
    isEveryone(audience) ? [] : [finder.rows(audience, null)];

  /** The rows of a stretch that pass all filters; `null`: all of them, because there are no filters. */
  const idsIn = ([first, ...others]: Filters, stretch: number): SubscriptionId[] | null => {
    if (first === undefined) return null;
    const view = finder.view(stretch);
    // Another filter may be given the same bits.
    const bits = first.bits(view).slice();
    for (const other of others) keepRows(bits, other.bits(view));
    return idsOf(bits, stretch) as SubscriptionId[];
  };

  /** The first or last recipient of a stretch, of those after or before one. */
  const endOf = (
    ids: readonly SubscriptionId[] | null,
    stretch: number,
    from: { after: number; before: number },
    which: 'first' | 'last',
  ): SubscriptionId | null => {
    const after = Math.max(from.after, stretch * STRETCH_ROWS - 1);
    const upTo = Math.min(from.before - 1, (stretch + 1) * STRETCH_ROWS - 1);
    if (after >= upTo || ids?.length === 0) return null;
    return recipients.end({ ids, after, upTo, ...signers() }, which, clock.now());
  };

  /** From one recipient on in one direction, then from the other end: stepping on wraps around. */
  const find = async (audience: Audience, from: number | null, step: 'next' | 'previous') => {
    const filters = filtersOf(audience);
    const count = finder.stretches();
    const every = Array.from({ length: count }, (_, stretch) => stretch);
    const order = step === 'next' ? every : every.toReversed();
    const which = step === 'next' ? 'first' : 'last';
    const beyond =
      step === 'next' ? { after: from ?? -1, before: Infinity } : { after: -1, before: from ?? Infinity };
    for (const bounds of from === null ? [beyond] : [beyond, { after: -1, before: Infinity }]) {
      for (const stretch of order) {
        const found = endOf(idsIn(filters, stretch), stretch, bounds, which);
        if (found !== null) return found;
        await turn();
      }
    }
    return null;
  };

  const isRecipient = (audience: Audience, id: SubscriptionId): boolean => {
    const range = { ids: [id], after: id - 1, upTo: id, ...signers() };
    if (recipients.end(range, 'first', clock.now()) === null) return false;
    const stretch = stretchOf(id);
    return isEveryone(audience) || hasRow(finder.rows(audience, null).bits(finder.view(stretch)), id);
  };

  return {
    async previewFor({ message, audience, of: given = null, step }) {
      const id = given !== null && step === undefined ? given : await find(audience, given, step ?? 'next');
      const known = id === null ? null : recipients.one(id);
      if (id === null || known === null) return null;
      const personal = personalOf({
        message,
        id: EXAMPLE_PAYLOAD_ID,
        receipts: asksReceipts(),
        sites: ownSites(),
      });
      const fixed = personal.fix(known.recipient);
      const missing = 'missing' in fixed ? fixed.missing : [];
      const asWritten = Object.fromEntries(missing.map((name) => [name, `{{${name}}}`]));
      const shown = { language: fixed.language, values: { ...fixed.values, ...asWritten } };
      const payload = personal.payload(shown);
      return {
        subscription: known.subscription,
        isRecipient: isRecipient(audience, id),
        language: fixed.language,
        values: fixed.values,
        missing,
        message: personal.message(shown),
        payload,
        payloadBytes: Buffer.byteLength(payload),
      };
    },

    async findRecipients({ audience, search, limit }) {
      const filters = [
        ...filtersOf(audience),
        ...(search.trim() === '' ? [] : filtersOf(searchedFor(search))),
      ];
      const found: SubscriptionId[] = [];
      for (let stretch = finder.stretches() - 1; stretch >= 0 && found.length <= limit; stretch -= 1) {
        const ids = idsIn(filters, stretch);
        while (found.length <= limit) {
          const id = endOf(ids, stretch, { after: -1, before: found.at(-1) ?? Infinity }, 'last');
          if (id === null) break;
          found.push(id);
        }
        await turn();
      }
      return {
        items: found.slice(0, limit).flatMap((id) => recipients.one(id)?.subscription ?? []),
        hasMore: found.length > limit,
      };
    },
  };
}

const searchedFor = (search: string): Audience => ({
  kind: 'matching',
  anyOf: [{ kind: 'filter', filter: subscriptionFilterSchema.parse({ search }) }],
});
