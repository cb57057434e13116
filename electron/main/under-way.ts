import { createORPCClient } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import type { MessagePort } from 'node:worker_threads';
import { unsettledCount } from '../contract/campaigns.ts';
import type { Contract } from '../contract/procedures.ts';
import { isActive } from '../core/campaign/lifecycle.ts';
import { callPort } from '../port/call-port.ts';
import type { Work } from './closing.ts';

type Client = ContractRouterClient<Contract>;

/** Somebody waits for it who has just closed the window. */
const PATIENCE_MS = 2000;
/** As many as the engine gives at once. */
const PAGE = 500;

type CampaignPage = Awaited<ReturnType<Client['campaigns']['list']>>;
type Campaign = CampaignPage['items'][number];

const isRunning = ({ state, isHeld }: Campaign) => isActive(state) && !isHeld;

export interface UnderWay {
  /** What is being sent or rehearsed; `null` where the engine does not say in time. */
  find(): Promise<Work | null>;
  /** Pauses every campaign that is being sent. One that cannot be paused goes on at the next start. */
  pauseCampaigns(): Promise<void>;
}

/**
 * Asks the engine what it is doing, as a window would.
 * @param options `connect`: a new port to it, or `null` where there is none
 */
export function createUnderWay(options: {
  connect: () => MessagePort | null;
  patienceMs?: number;
}): UnderWay {
  const ask = async <Answer>(question: (engine: Client) => Promise<Answer>): Promise<Answer | null> => {
    const port = options.connect();
    if (port === null) return null;
    const { link, letGo } = callPort(port, () => {
      port.close();
    });
    port.start();
    let timer: NodeJS.Timeout | undefined;
    try {
      return await Promise.race([
        question(createORPCClient(link)),
        new Promise<null>((resolve) => {
          timer = setTimeout(() => {
            resolve(null);
          }, options.patienceMs ?? PATIENCE_MS);
        }),
      ]);
    } catch {
      return null;
    } finally {
      clearTimeout(timer);
      letGo();
      port.close();
    }
  };
  /** Those that go out by themselves: what waits for the person is in nobody's way. */
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
        const [campaigns, rehearsal] = await Promise.all([running(engine), engine.rehearsal.current()]);
        return {
          campaigns: campaigns.map(({ message }) => message.title),
          unsent: campaigns.reduce((sum, { counts }) => sum + unsettledCount(counts), 0),
          rehearsal: rehearsal?.state === 'registering' || rehearsal?.state === 'sending',
        };
      }),
    async pauseCampaigns() {
      await ask(async (engine) => {
        for (const { id } of await running(engine))
          await engine.campaigns.pause({ id }).catch(() => undefined);
      });
    },
  };
}
