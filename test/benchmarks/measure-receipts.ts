import { randomUUID } from 'node:crypto';
import type { CampaignReceipts, ReceiptEvent } from '../../electron/contract/receipts.ts';
import { startChild } from './child.ts';
import type { TellerJob, TellerRun } from './teller-process.ts';
import type { ToldOrder } from './told-process.ts';
import type { WatchedRun } from './watched-campaign.ts';

/** A campaign alone, and one while devices report what became of the one before. */
export interface ReceiptTurn {
  alone: WatchedRun;
  told: WatchedRun;
  telling: TellerRun;
}

export interface ReceiptPlan {
  receiptRounds: number;
  /** Recipients of each campaign, who also report on the one before. */
  receiptRecipients: number;
  receiptsPerSecond: number;
}

interface Sent {
  run: WatchedRun;
  /** Id of its message in the payload. */
  message: string;
}

const PUBLIC_HOST = 'push.example.org';
const EVENTS: readonly ReceiptEvent[] = ['received', 'shown', 'clicked', 'closed'];

/**
 * In turns, the second of the two first every other time, so that a machine that becomes slower or faster favours neither.
 *
 * @param dataDir of an engine whose subscriptions are at the push service
 * @throws if a receipt that the server took is not in the store
 */
export async function measureReceipts(
  place: { dataDir: string; certificateFile: string; subscriptionsFile: string },
  { receiptRounds, receiptsPerSecond: perSecond }: ReceiptPlan,
): Promise<ReceiptTurn[]> {
  /** @param about the campaign that devices report on meanwhile; `null`: they are silent */
  const send = async (about: Sent | null): Promise<Sent & { telling: TellerRun | null }> => {
    const { dataDir, certificateFile, subscriptionsFile } = place;
    const job = { dataDir, publicUrl: `https://${PUBLIC_HOST}/` };
    const engine = startChild<unknown>('told-process.ts', job, certificateFile);
    const order = async (what: ToldOrder) => {
      engine.say(what);
      return engine.next();
    };
    const { url } = (await engine.next()) as { url: string };
    const message = randomUUID();
    const teller = about === null ? null : await startTeller({ url, message: about.message });
    const run = (await order({ kind: 'send', requestId: message })) as WatchedRun;
    const telling = teller === null ? null : await teller.end();
    if (about !== null && telling !== null) {
      mustHaveAll((await order({ kind: 'count', id: about.run.id })) as CampaignReceipts, telling);
    }
    await order({ kind: 'stop' });
    await engine.end();
    return { run, message, telling };

    async function startTeller(to: { url: string; message: string }) {
      const tellerJob: TellerJob = { ...to, host: PUBLIC_HOST, subscriptionsFile, perSecond };
      const child = startChild<TellerRun>('teller-process.ts', tellerJob);
      await child.next();
      child.say({ begin: true });
      const result = child.next();
      // Awaited when the campaign is over; it may fail first.
      result.catch(() => undefined);
      return {
        async end() {
          child.say({ end: true });
          const told = await result;
          await child.end();
          return told;
        },
      };
    }
  };
  const turns: ReceiptTurn[] = [];
  let last: Sent | null = null;
  for (let round = 0; round < receiptRounds; round += 1) {
    const isAloneFirst = last === null || round % 2 === 0;
    const first = await send(isAloneFirst ? null : last);
    const second = await send(isAloneFirst ? first : null);
    const [alone, told] = isAloneFirst ? [first, second] : [second, first];
    last = second;
    if (told.telling === null) throw new Error('Nobody told anything.');
    turns.push({ alone: alone.run, told: told.run, telling: told.telling });
  }
  return turns;
}

function mustHaveAll(stored: CampaignReceipts, { taken, lost }: TellerRun): void {
  if (lost > 0) throw new Error(`The server did not take ${lost} requests with receipts.`);
  if (taken.received === 0) throw new Error('No receipt was taken while the campaign ran.');
  for (const event of EVENTS) {
    // A click that is reported again is counted once.
    if (stored[event] !== taken[event])
      throw new Error(`${taken[event]} receipts (${event}) were taken, and ${stored[event]} are stored.`);
  }
}
