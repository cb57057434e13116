import type { Audience } from '../../../../contract/campaign-audience.ts';
import type { KeyPairId, SubscriptionId } from '../../../../contract/ids.ts';
import type { Message } from '../../../../contract/message.ts';
import type { PersonalPreflight } from '../../../../contract/preflight.ts';
import type { PushServiceId } from '../../../../contract/push-service.ts';
import { isPersonal, personalOf } from '../../../../core/message/variables/personal.ts';
import { EXAMPLE_PAYLOAD_ID } from '../../../../core/message/payload.ts';
import type { Clock } from '../../../base/clock.ts';
import { idsOf } from '../../../store/row-bits.ts';
import type { AudienceStore } from '../audience-store.ts';
import type { MemberFinder } from '../prepare-deliveries.ts';
import type { RecipientStore } from './recipient-store.ts';

/** What a message with variables or languages amounts to over its audience. */
export interface PersonalMeasure extends PersonalPreflight {
  /** Bytes of the longest payload, before encryption. */
  readonly bytes: number;
  /** The groups of those who lack at least one value. */
  readonly leftOutByPart: readonly PartCount[];
}

/** A number of recipients at one push service whose messages one key pair signs. */
export interface PartCount {
  readonly pushService: PushServiceId;
  readonly keyPairId: KeyPairId;
  readonly count: number;
}

export interface PersonalMeasurer {
  /** Measures in pieces; afterwards `of` has the answer. */
  measure(message: Message, audience: Audience): Promise<void>;
  /** `null`: its text is the same for all. What was not measured is measured at once. */
  of(message: Message, audience: Audience): PersonalMeasure | null;
}

const PIECE = 2000;
/** How many texts are made to find the longest one. */
const MAX_MADE = 200_000;
/** Enough that a campaign that is due and somebody writing one do not push out each other's results. */
const MAX_KEPT = 8;
/** People may change meanwhile: those who lack a value by then are left out. */
const GOOD_FOR_MS = 10_000;

export interface PersonalMeasurerOptions {
  recipients: RecipientStore;
  audience: Pick<AudienceStore, 'idAfter'>;
  finder: MemberFinder;
  signers: () => { keyPairIds: readonly KeyPairId[]; fallbackKeyPairId: KeyPairId | null };
  asksReceipts: () => boolean;
  ownSites: () => readonly string[];
  clock: Clock;
}

export function createPersonalMeasurer({
  recipients,
  audience: rows,
  finder,
  signers,
  asksReceipts,
  ownSites,
  clock,
}: PersonalMeasurerOptions): PersonalMeasurer {
  const known = new Map<string, { at: number; found: PersonalMeasure }>();
  const nameOf = (message: Message, audience: Audience) => JSON.stringify([message, audience, ownSites()]);

  function* ranges(audience: Audience) {
    if (audience.kind === 'everyone' && (audience.leaveOut ?? []).length === 0) {
      for (let after = 0; after < Number.MAX_SAFE_INTEGER;) {
        const upTo = rows.idAfter(after, Number.MAX_SAFE_INTEGER, PIECE);
        yield { ids: null, after, upTo };
        after = upTo;
      }
      return;
    }
    const found = finder.rows(audience, null);
    for (let stretch = 0; stretch < finder.stretches(); stretch += 1) {
      const all = idsOf(found.bits(finder.view(stretch)), stretch) as SubscriptionId[];
      for (let at = 0; at < all.length; at += PIECE)
        yield { ids: all.slice(at, at + PIECE), after: 0, upTo: Number.MAX_SAFE_INTEGER };
    }
  }

  function* pieces(message: Message, audience: Audience): Generator<undefined, PersonalMeasure> {
    const personal = personalOf({
      message,
      id: EXAMPLE_PAYLOAD_ID,
      receipts: asksReceipts(),
      sites: ownSites(),
    });
    const missing = new Map<string, number>();
    const languages = new Map<string, number>();
    const leftOutByPart = new Map<string, PartCount>();
    let [leftOut, made, bytes] = [0, 0, 0];
    let longest: SubscriptionId | null = null;
    let isLongestExact = true;
    for (const range of ranges(audience)) {
      for (const { id, recipient, ...part } of recipients.list({ ...range, ...signers() }, clock.now())) {
        const fixed = personal.fix(recipient);
        const isLeftOut = 'missing' in fixed && message.missingValues === 'leave-out';
        if (!isLeftOut) languages.set(fixed.language, (languages.get(fixed.language) ?? 0) + 1);
        if ('missing' in fixed) {
          leftOut += 1;
          const name = `${part.pushService} ${part.keyPairId}`;
          leftOutByPart.set(name, { ...part, count: (leftOutByPart.get(name)?.count ?? 0) + 1 });
          for (const name of fixed.missing) missing.set(name, (missing.get(name) ?? 0) + 1);
        } else if (made >= MAX_MADE) isLongestExact = false;
        else {
          made += 1;
          const size = Buffer.byteLength(personal.payload(fixed));
          if (size > bytes) [bytes, longest] = [size, id];
        }
      }
      yield;
    }
    const found = {
      missing: [...missing].map(([variable, count]) => ({ variable, count })),
      leftOut,
      languages: [...languages].map(([language, count]) => ({ language, count })),
      longest,
      isLongestExact,
      bytes,
      leftOutByPart: [...leftOutByPart.values()],
    };
    if (known.size >= MAX_KEPT) known.delete([...known.keys()][0] ?? '');
    known.set(nameOf(message, audience), { at: clock.now(), found });
    return found;
  }

  return {
    async measure(message, audience) {
      if (!isPersonal(message)) return;
      const work = pieces(message, audience);
      while (work.next().done !== true) await new Promise((resolve) => setImmediate(resolve));
    },
    of(message, audience) {
      if (!isPersonal(message)) return null;
      const last = known.get(nameOf(message, audience));
      if (last !== undefined && Math.abs(clock.now() - last.at) < GOOD_FOR_MS) return last.found;
      const work = pieces(message, audience);
      for (;;) {
        const step = work.next();
        if (step.done === true) return step.value;
      }
    },
  };
}
