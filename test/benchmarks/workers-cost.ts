import { readdirSync, readFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createLoopbackCertificate } from '../../electron/engine/local-push-service/certificate.ts';
import { createPushService } from '../../electron/engine/local-push-service/push-service.ts';
import { copyHeadlessEngine, startHeadlessEngine, type EngineLife } from '../support/headless-engine.ts';
import { startPostgres } from '../support/postgres.ts';
import { seedCampaign } from '../support/seed-campaign.ts';
import { requestCounter } from '../support/service-record.ts';
import { campaignStateIn, readStoreCopy } from '../support/store-facts.ts';

/**
 * Processor time of one message, sent by the engine alone and through workers: all processes summed, the push service left out. Unlike
 * times of a clock, those of the processor hold on a machine that has other work as well.
 *
 * `node test/benchmarks/workers-cost.ts [messages] [workers]`, Linux only, on the build.
 */
const messages = Number(process.argv[2] ?? 20_000);
const workerCount = Number(process.argv[3] ?? 2);
const LATENCY_MS = 50;
/** Share of the messages that go out before it is measured. */
const BEFORE = 0.25;
/** Of the clock of the kernel, in which it counts. */
const TICK_MS = 10;

interface Used {
  readonly group: number;
  readonly ticks: number;
  readonly ofEnded: number;
}

function usedBy(pid: number | string): Used {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [group = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [2, 11, 12, 13, 14].map(
    (at) => fields[at],
  );
  return { group, ticks: user + system, ofEnded: endedUser + endedSystem };
}

/** Of all processes of a group, those that have ended included. */
function groupMs(leader: number): number {
  let ticks = usedBy(leader).ofEnded;
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const used = usedBy(name);
      if (used.group === leader) ticks += used.ticks;
    } catch {
      // It has just ended.
    }
  }
  return ticks * TICK_MS;
}

const ownMs = (life: EngineLife) => usedBy(life.pid).ticks * TICK_MS;

async function run(withWorkers: boolean) {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-bench-'));
  const certificate = await createLoopbackCertificate();
  const push = await createPushService({ certificate, seed: 'cost' });
  push.faults.add({ effect: { kind: 'delay', milliseconds: LATENCY_MS } });
  const trusted = path.join(folder, 'authority.pem');
  await push.writeCertificate(trusted);
  const dataDir = path.join(folder, 'data');
  await seedCampaign(dataDir, [{ service: push, dialect: 'fcm', count: messages, keyPair: 0 }]);
  const entry = copyHeadlessEngine(path.join(folder, 'program'));
  const postgres = withWorkers ? await startPostgres() : null;
  const variables = postgres === null ? {} : { PUSHDESK_WORKERS: postgres.address };
  const start = (command: readonly string[], more: Record<string, string>) =>
    startHeadlessEngine({ entry, dataDir, trusted, command, variables: { ...variables, ...more } });
  const engine = start([], withWorkers ? { PUSHDESK_SEND_HERE: '0' } : {});
  const workers = Array.from({ length: withWorkers ? workerCount : 0 }, (_item, number) =>
    start(['worker'], { PUSHDESK_WORKER_NAME: `worker ${number}` }),
  );
  const usedNow = () => ({
    engine: ownMs(engine),
    workers: workers.reduce((sum, life) => sum + ownMs(life), 0),
    database: postgres === null ? 0 : groupMs(postgres.pid()),
  });
  // The start of the programs is over, and the gates have begun to open.
  await requestCounter([push]).next(Math.round(messages * BEFORE));
  const before = usedNow();
  const begunAt = performance.now();
  for (;;) {
    await wait(200);
    try {
      if (campaignStateIn(dataDir) === 'finished') break;
    } catch {
      // The engine is still opening it.
    }
  }
  const seconds = (performance.now() - begunAt) / 1000;
  const after = usedNow();
  const parts = {
    engine: after.engine - before.engine,
    workers: after.workers - before.workers,
    database: after.database - before.database,
  };
  await Promise.all(workers.map((life) => life.end()));
  await engine.end();
  const accepted = readStoreCopy(dataDir).deliveries.filter(({ state }) => state === 'accepted').length;
  await push.close();
  await postgres?.close();
  rmSync(folder, { recursive: true, force: true });
  if (accepted !== messages) throw new Error(`${accepted} of ${messages} were accepted.`);
  const microseconds = (ms: number) => Math.round((ms * 1000) / (messages * (1 - BEFORE)));
  return {
    seconds,
    perMessage: microseconds(parts.engine + parts.workers + parts.database),
    engine: microseconds(parts.engine),
    workers: microseconds(parts.workers),
    database: microseconds(parts.database),
  };
}

const alone = await run(false);
const together = await run(true);
console.info(`Processor time a message, in µs, of ${messages} messages:`);
console.info(`  engine alone   ${alone.perMessage}   (${alone.seconds.toFixed(1)} s)`);
console.info(
  `  with workers   ${together.perMessage}   (engine ${together.engine}, ${workerCount} workers ${together.workers}, database ${together.database}; ${together.seconds.toFixed(1)} s)`,
);
console.info(`  ratio          ${(together.perMessage / alone.perMessage).toFixed(2)}`);
process.exit(0);
