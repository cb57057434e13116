import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createLoopbackCertificate } from '../../electron/engine/local-push-service/certificate.ts';
import { createPushService } from '../../electron/engine/local-push-service/push-service.ts';
import { startHeadlessEngine, type EngineLife } from '../support/headless-engine.ts';
import { startPostgres } from '../support/postgres.ts';
import { seedCampaign } from '../support/seed-campaign.ts';
import { requestCounter } from '../support/service-record.ts';
import { campaignStateIn, readStoreCopy } from '../support/store-facts.ts';
import { familyMs, machineMs, processMs } from './process-time.ts';

/** As far away as a push service is. */
const LATENCY_MS = 50;
/** Before the first of these shares programs start and gates open; after the second, fewer and fewer messages are on the wire. */
const STEADY = { from: 0.25, to: 0.95 };
/** Far beyond what a busy machine needs. */
const PATIENCE_MS = 240_000;

/** One campaign. Processor time is that of the programs for one message, in microseconds; the push service is left out. */
export interface WorkerRun {
  readonly workers: number;
  readonly engineUs: number;
  readonly workersUs: number;
  readonly databaseUs: number;
  readonly perSecond: number;
  /** Share of all cores that was used meanwhile, by whatever program. */
  readonly busy: number;
}

export interface WorkerRunOptions {
  readonly messages: number;
  /** 0: the engine sends alone, without a database. */
  readonly workers: number;
  /** The most messages that each worker has on the wire; `null`: as many as a worker has by default. */
  readonly inFlight: number | null;
}

/**
 * Sends a campaign and makes sure that all of it was accepted. All programs run on this machine; with workers, the engine itself sends
 * nothing.
 *
 * @throws where a message is missing, or it takes too long
 */
export async function runWithWorkers({
  messages,
  workers: count,
  inFlight,
}: WorkerRunOptions): Promise<WorkerRun> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-bench-'));
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const cleanUp: (() => unknown)[] = [
    () => {
      rmSync(folder, { recursive: true, force: true });
    },
  ];
  try {
    const push = await createPushService({ certificate: await createLoopbackCertificate(), seed: 'workers' });
    cleanUp.push(() => push.close());
    push.faults.add({ effect: { kind: 'delay', milliseconds: LATENCY_MS } });
    const trusted = path.join(folder, 'authority.pem');
    await push.writeCertificate(trusted);
    const dataDir = path.join(folder, 'data');
    await seedCampaign(dataDir, [{ service: push, dialect: 'fcm', count: messages, keyPair: 0 }]);
    const postgres = count === 0 ? null : await startPostgres();
    if (postgres !== null) cleanUp.push(() => postgres.close());
    const start = (command: readonly string[], variables: Record<string, string>): EngineLife => {
      const database: Record<string, string> =
        postgres === null ? {} : { PUSHDESK_WORKERS: postgres.address };
      const life = startHeadlessEngine({
        dataDir,
        trusted,
        command,
        variables: { ...database, ...variables },
      });
      cleanUp.push(() => life.kill());
      return life;
    };
    const requests = requestCounter([push]);
    const [steady, almostAll] = [STEADY.from, STEADY.to].map((share) =>
      requests.next(Math.round(messages * share)),
    );
    const engine = start([], count === 0 ? {} : { PUSHDESK_SEND_HERE: '0' });
    const workers = Array.from({ length: count }, (_item, number) =>
      start(['worker'], {
        PUSHDESK_WORKER_NAME: `worker ${number}`,
        ...(inFlight === null ? {} : { PUSHDESK_MAX_IN_FLIGHT: String(inFlight) }),
      }),
    );
    const usedNow = () => ({
      at: performance.now(),
      machine: machineMs(),
      engine: processMs(engine.pid),
      workers: workers.reduce((sum, life) => sum + processMs(life.pid), 0),
      database: postgres === null ? 0 : familyMs(postgres.pid()),
    });
    const inTime = async (what: Promise<void> | undefined) => {
      await Promise.race([what, wait(PATIENCE_MS, undefined, { signal: patience, ref: false })]);
      patience.throwIfAborted();
    };
    await inTime(steady);
    const before = usedNow();
    await inTime(almostAll);
    const late = usedNow();
    while (stateIn(dataDir) !== 'finished') await wait(100, undefined, { signal: patience });
    const after = usedNow();
    await Promise.all(workers.map((life) => life.end()));
    await engine.end();
    const accepted = readStoreCopy(dataDir).deliveries.filter(({ state }) => state === 'accepted').length;
    if (accepted !== messages) throw new Error(`${accepted} of ${messages} messages were accepted.`);
    const perMessage = (part: 'engine' | 'workers' | 'database') =>
      ((after[part] - before[part]) * 1000) / (messages * (1 - STEADY.from));
    return {
      workers: count,
      engineUs: perMessage('engine'),
      workersUs: perMessage('workers'),
      databaseUs: perMessage('database'),
      perSecond: (messages * (STEADY.to - STEADY.from) * 1000) / (late.at - before.at),
      busy: 1 - (late.machine.idle - before.machine.idle) / (late.machine.all - before.machine.all),
    };
  } finally {
    for (const work of cleanUp.reverse()) await work();
  }
}

function stateIn(dataDir: string): string {
  try {
    return campaignStateIn(dataDir);
  } catch {
    // The engine is writing its index anew.
    return 'busy';
  }
}
