import type { z } from 'zod';
import type { Audience } from '../../../../contract/campaign-audience.ts';
import type { SubscriptionId } from '../../../../contract/ids.ts';
import type { previewInputSchema, RecipientPreview } from '../../../../contract/recipient-preview.ts';
import { EXAMPLE_PAYLOAD_ID } from '../../../../core/message/payload.ts';
import { personalOf } from '../../../../core/message/variables/personal.ts';
import { hasRow, idsOf, STRETCH_ROWS, stretchOf } from '../../../store/row-bits.ts';
import type { PersonalMeasurerOptions } from './personal-measure.ts';

export interface RecipientPreviewer {
  /** The message as one subscription gets it; `null`: there is nobody, or no such subscription. In pieces, one stretch of row ids each. */
  previewFor(input: z.output<typeof previewInputSchema>): Promise<RecipientPreview | null>;
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

  /** The first or last recipient of a stretch, of those after or before one. */
  const endOf = (
    rows: ReturnType<typeof finder.rows> | null,
    stretch: number,
    from: { after: number; before: number },
    which: 'first' | 'last',
  ): SubscriptionId | null => {
    const after = Math.max(from.after, stretch * STRETCH_ROWS - 1);
    const upTo = Math.min(from.before - 1, (stretch + 1) * STRETCH_ROWS - 1);
    if (after >= upTo) return null;
    const ids = rows === null ? null : (idsOf(rows.bits(finder.view(stretch)), stretch) as SubscriptionId[]);
    if (ids?.length === 0) return null;
    return recipients.end({ ids, after, upTo, ...signers() }, which, clock.now());
  };

  /** From one on in a direction, then from the other end: whoever steps on comes round. */
  const find = async (audience: Audience, from: number | null, step: 'next' | 'previous') => {
    const rows = isEveryone(audience) ? null : finder.rows(audience, null);
    const count = finder.stretches();
    const every = Array.from({ length: count }, (_, stretch) => stretch);
    const order = step === 'next' ? every : every.toReversed();
    const which = step === 'next' ? 'first' : 'last';
    const beyond =
      step === 'next' ? { after: from ?? -1, before: Infinity } : { after: -1, before: from ?? Infinity };
    for (const bounds of from === null ? [beyond] : [beyond, { after: -1, before: Infinity }]) {
      for (const stretch of order) {
        const found = endOf(rows, stretch, bounds, which);
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
  };
}
