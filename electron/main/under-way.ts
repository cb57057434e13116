import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { MessagePort } from 'node:worker_threads';
import { unsettledCount } from '../contract/deliveries.ts';
import type { Contract } from '../contract/procedures.ts';
import { isActive } from '../core/campaign/lifecycle.ts';
import { callPort } from '../port/call-port.ts';
import type { FoundWork } from './closing.ts';

type Client = ContractRouterClient<Contract>;

/** Somebody who has just closed the window is waiting for it. */
const PATIENCE_MS = 2000;
/** As many as the engine returns at once. */
const PAGE = 500;

type CampaignPage = Awaited<ReturnType<Client['campaigns']['list']>>;
type Campaign = CampaignPage['items'][number];

const isRunning = ({ state, isHeld }: Campaign) => isActive(state) && !isHeld;

export interface UnderWay {
  /** What is being sent, rehearsed, imported or erased. */
  find(): Promise<FoundWork>;
  /**
   * Pauses every campaign that is being sent. One that cannot be paused goes on at the next start.
   * `silent`: the engine is alive but has not done it in time.
   */
  pauseCampaigns(): Promise<'done' | 'silent'>;
}

/**
 * Asks the engine what it is doing, as a window would.
 * @param options `connect`: a new port to an engine that has started, or `null` where there is none
 */
export function createUnderWay(options: {
  connect: () => MessagePort | null;
  patienceMs?: number;
}): UnderWay {
  const ask = async <Answer>(
    question: (engine: Client) => Promise<Answer>,
  ): Promise<Answer | 'silent' | null> => {
    const port = options.connect();
    if (port === null) return null;
    const { link, letGo } = callPort(port, () => {
      port.close();
    });
    let timer: NodeJS.Timeout | undefined;
    // The engine has ended, or what answers is not an engine: nothing is at work that could say more later.
    const gone = new Promise<null>((resolve) => {
      port.once('close', () => {
        resolve(null);
      });
    });
    port.start();
    try {
      return await Promise.race([
        gone,
        // One that lives and answers with an error is as good as silent, unless its port closes with it.
        question(createORPCClient(link)).catch(() => 'silent' as const),
        new Promise<'silent'>((resolve) => {
          timer = setTimeout(() => {
            resolve('silent');
          }, options.patienceMs ?? PATIENCE_MS);
        }),
      ]);
    } finally {
      clearTimeout(timer);
      letGo();
      port.close();
    }
  };
  /** Those that are being sent: what waits for the person does not hold up closing. */
  const running = async (engine: Client) => {
    const found: Campaign[] = [];
    let cursor: string | null = null;
    do {
      // One that was resumed after months is as much under way as the newest.
      const page: CampaignPage = await engine.campaigns.list({ cursor, limit: PAGE });
      found.push(...page.items.filter(isRunning));
      cursor = page.nextCursor;
    } while (cursor !== null);
    return found;
  };
  return {
    find: () =>
      ask(async (engine) => {
        const [campaigns, scheduled, rehearsal, longWork] = await Promise.all([
          running(engine),
          engine.campaigns.scheduled(),
          engine.rehearsal.current(),
          engine.app.longWork(),
        ]);
        return {
          campaigns: campaigns.map(({ message }) => message.title),
          scheduled: scheduled
            .filter(({ schedule }) => schedule?.asks === null)
            .map(({ message }) => message.title),
          unsent: campaigns.reduce((sum, { counts }) => sum + unsettledCount(counts), 0),
          rehearsal: rehearsal?.state === 'registering' || rehearsal?.state === 'sending',
          ...longWork,
        };
      }),
    async pauseCampaigns() {
      const outcome = await ask(async (engine) => {
        for (const { id } of await running(engine))
          await engine.campaigns.pause({ id }).catch(() => undefined);
        return 'done' as const;
      });
      return outcome ?? 'done';
    },
  };
}
