import type { z } from 'zod';
import { Refusal } from '../../../contract/problem.ts';
import {
  MAX_WORKER_SCRIPT,
  workerRunSchema,
  type checkWorkerInputSchema,
  type loadWorkerInputSchema,
  type WorkerCheck,
  type WorkerRun,
} from '../../../contract/worker-check.ts';
import { withUtm } from '../../../core/message/links/utm.ts';
import { buildPayload, encodePayload, EXAMPLE_PAYLOAD_ID } from '../../../core/message/payload.ts';
import { judgeWorkerLoad } from '../../../core/worker-check/judge-load.ts';
import { judgeWorker } from '../../../core/worker-check/judge-worker.ts';
import type { Clock } from '../../base/clock.ts';
import { askSite, type SiteConnections } from '../../net/ask-site.ts';
import { emptyRun, RUN_LIMIT_MS, type SandboxJob } from './sandbox/job.ts';
import type { RunSandbox, SandboxEnd } from './start-sandbox.ts';

/** From the first byte sent to the last one awaited, redirects included. */
const LOAD_DEADLINE_MS = 10_000;
/** More than anyone clicks, and few for a hijacked page that smuggles data out in addresses. */
const MAX_LOADS_A_MINUTE = 20;
/** Where a worker is assumed to be if its address is not given: at the root of a site that does not exist (RFC 2606 §3). */
const EXAMPLE_SCRIPT_URL = 'https://your-site.example/sw.js';

type CheckInput = z.output<typeof checkWorkerInputSchema>;

/** Finds out what a site's own service worker makes of a message, without giving it access to anything. */
export interface WorkerCheckService {
  /** @throws Refusal UNAVAILABLE if no process can be started */
  check(input: CheckInput, signal?: AbortSignal): Promise<WorkerCheck>;
  /**
   * Fetches a script from its address, with one request.
   * @throws Refusal UNAVAILABLE, with the reason
   */
  load(
    input: z.output<typeof loadWorkerInputSchema>,
    signal?: AbortSignal,
  ): Promise<{ text: string; url: string }>;
}

export function createWorkerCheckService({
  run,
  connections,
  asksReceipts,
  ownSites = () => [],
  clock,
}: {
  run: RunSandbox;
  connections: SiteConnections;
  asksReceipts: () => boolean;
  /** Origins of the person's own sites; omitted: there are none. */
  ownSites?: () => readonly string[];
  clock: Clock;
}): WorkerCheckService {
  let last: Promise<unknown> = Promise.resolve();
  /** One process at a time, however many callers there are. */
  const inTurn = <Answer>(work: () => Promise<Answer>): Promise<Answer> => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
  let loadedAt: number[] = [];
  const mayLoad = (): boolean => {
    const now = clock.now();
    loadedAt = loadedAt.filter((at) => at <= now && now - at < 60_000);
    if (loadedAt.length >= MAX_LOADS_A_MINUTE) return false;
    loadedAt.push(now);
    return true;
  };

  return {
    async check({ message: composed, script, scriptUrl, files }, signal = new AbortController().signal) {
      const message = withUtm(composed, ownSites());
      const payload = encodePayload(buildPayload(message, EXAMPLE_PAYLOAD_ID, asksReceipts())).text;
      const job: SandboxJob = {
        script,
        scriptUrl: new URL(scriptUrl ?? EXAMPLE_SCRIPT_URL).href,
        files: files.map(({ url, text }) => ({ url: new URL(url).href, text })),
        payload,
        limitMs: RUN_LIMIT_MS,
      };
      const end = await inTurn(() => {
        signal.throwIfAborted();
        return run(JSON.stringify(job), signal);
      });
      const found = runOf(end);
      return {
        ...found,
        payload,
        findings: judgeWorker(found, { message, payload, scriptUrl: job.scriptUrl }),
      };
    },
    async load({ url: address }, signal = new AbortController().signal) {
      if (!mayLoad())
        throw new Refusal('UNAVAILABLE', judgeWorkerLoad({ kind: 'too-often' }, new URL(address)));
      const deadline = AbortSignal.timeout(LOAD_DEADLINE_MS);
      const url = new URL(address);
      const { finding, body, at } = await askSite(
        url,
        {
          wanted: 'whole',
          accept: 'text/javascript, application/javascript, */*;q=0.1',
          maxBytes: MAX_WORKER_SCRIPT,
        },
        connections,
        AbortSignal.any([signal, deadline]),
      ).catch((error: unknown) => {
        signal.throwIfAborted();
        if (deadline.aborted) return { finding: { kind: 'too-slow' } as const, body: null, at: url };
        throw error;
      });
      const isFound = finding.kind === 'answer' && finding.status >= 200 && finding.status <= 299;
      if (!isFound || body === null) {
        throw new Refusal('UNAVAILABLE', judgeWorkerLoad(isFound ? { kind: 'too-large' } : finding, url));
      }
      return { text: body.toString('utf8'), url: at.href };
    },
  };
}

/** What came out of the sandbox is as hostile as what went in. */
function runOf(end: SandboxEnd): WorkerRun {
  if (end.kind !== 'answer') return emptyRun(end.kind);
  try {
    return workerRunSchema.safeParse(JSON.parse(end.text)).data ?? emptyRun('crash');
  } catch {
    return emptyRun('crash');
  }
}
