import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import webPush from 'web-push';
import type { CampaignLookUps } from './campaign-list-process.ts';
import { runChild, startChild } from './child.ts';
import { measureElectronLag, type ElectronLag } from './electron-lag.ts';
import type { EncryptRun } from './encrypt-process.ts';
import type { EngineRun } from './engine-process.ts';
import type { LookUps } from './look-up-process.ts';
import { measureFlood, type FloodTurn } from './measure-flood.ts';
import { measureList, type ListResults } from './measure-list.ts';
import { measureReceipts, type ReceiptTurn } from './measure-receipts.ts';
import { measureWorkers, type WorkerTurn } from './measure-workers.ts';
import { measureVariables, type VariableTurn } from './measure-variables.ts';
import type { Plan } from './plan.ts';
import type { Seeded } from './seed-process.ts';
import type { ServiceReady } from './service-process.ts';
import type { WebPushRun } from './web-push-process.ts';
import { measureWindowStart, type WindowStart } from './window-start.ts';

/** Messages a second for each sender in one turn. */
export interface Turn {
  latencyMs: number;
  engine: number;
  /** Payloads encrypted a second by the engine's own code in a process on each core, with nothing else to do. */
  encryption: number;
  tuned: number;
  tutorial: number;
}

export interface Results {
  turns: Turn[];
  lag: ElectronLag;
  memory: { recipients: number; growthBytes: number; perSecond: number }[];
  start: { recipients: number; startMs: number };
  imported: { rows: number; perSecond: number };
  lookUps: LookUps;
  windowStart: WindowStart;
  variables: VariableTurn[];
  receipts: ReceiptTurn[];
  /** `null`: it could not be measured. */
  workers: WorkerTurn[] | null;
  list: ListResults;
}

type Say = (line: string) => void;

/** The part about the list alone. */
export async function measureListAlone(plan: Plan, say: Say): Promise<ListResults> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-bench-'));
  try {
    return await measureList(folder, plan, say);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The list of campaigns alone. */
export async function measureCampaignListAlone(plan: Plan, say: Say): Promise<CampaignLookUps> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-bench-'));
  try {
    say(`Lists, searches and dates in ${String(plan.campaigns)} campaigns.`);
    return await runChild<CampaignLookUps>('campaign-list-process.ts', {
      dataDir: path.join(folder, 'store'),
      campaigns: plan.campaigns,
      samples: plan.campaignLookUps,
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Campaigns alone and under a flood of requests. */
export async function measureFloodAlone(plan: Plan, say: Say): Promise<FloodTurn[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-bench-'));
  try {
    say(`Campaigns to ${String(plan.floodRecipients)}, alone and in a flood, in turns.`);
    return await createBench(folder).inFlood(plan);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Campaigns alone and while devices report what became of messages. */
export async function measureReceiptsAlone(plan: Plan, say: Say): Promise<ReceiptTurn[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-bench-'));
  try {
    say(sayReceipts(plan));
    return await createBench(folder).withReceipts(plan);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Campaigns with one payload for all and with one for each. */
export async function measureVariablesAlone(plan: Plan, say: Say): Promise<VariableTurn[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-bench-'));
  try {
    say(sayVariables(plan));
    return await createBench(folder).withVariables(plan);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Campaigns sent here and through workers; `null`: they could not be measured. */
export async function measureWorkersAlone(plan: Plan, say: Say): Promise<WorkerTurn[] | null> {
  const { workerRecipients, workerCounts } = plan;
  say(
    `Campaigns to ${workerRecipients}, sent here and through ${workerCounts.join(', ')} workers, in turns.`,
  );
  return measureWorkers(plan);
}

/** Runs everything of the plan, one measurement after another, in folders that are removed at the end. */
export async function measure(plan: Plan, say: Say): Promise<Results> {
  const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-bench-'));
  const bench = createBench(folder);
  try {
    const turns: Turn[] = [];
    for (const latencyMs of plan.latenciesMs) {
      say(`Messages a second, ${String(latencyMs)} ms latency.`);
      turns.push(...(await bench.takeTurns(plan, latencyMs)));
    }
    const memory: Results['memory'] = [];
    for (const recipients of plan.memorySizes) {
      say(`Memory in a campaign to ${String(recipients)}.`);
      memory.push(await bench.watchMemory(recipients));
    }
    say(`Lag of the main thread of Electron in a campaign to ${String(plan.lagRecipients)}.`);
    const lag = await bench.watchElectron(plan.lagRecipients);
    say(`Start of a campaign to ${String(plan.startRecipients)}.`);
    const { start, imported, lookUps, windowStart } = await bench.startLarge(plan);
    say(sayVariables(plan));
    const variables = await bench.withVariables(plan);
    say(sayReceipts(plan));
    const receipts = await bench.withReceipts(plan);
    const workers = await measureWorkersAlone(plan, say);
    const list = await measureList(folder, plan, say);
    return { turns, lag, memory, start, imported, lookUps, windowStart, variables, receipts, workers, list };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const sayReceipts = ({ receiptRecipients, receiptsPerSecond }: Plan) =>
  `Campaigns to ${receiptRecipients}, alone and with ${receiptsPerSecond} receipts a second, in turns.`;

const sayVariables = ({ variableRecipients }: Plan) =>
  `Campaigns to ${variableRecipients}, plain and with a payload for each, in turns.`;

function createBench(folder: string) {
  const keys = webPush.generateVAPIDKeys();
  let stores = 0;

  /** A push service with its devices, and an engine's store that knows them. */
  const withService = async <Result>(
    { devices, latencyMs }: { devices: number; latencyMs: number },
    work: (place: ServiceReady & { dataDir: string; seeded: Seeded }) => Promise<Result>,
  ): Promise<Result> => {
    const { publicKey } = keys;
    const service = startChild<ServiceReady>('service-process.ts', { folder, devices, latencyMs, publicKey });
    const ready = await service.next();
    const dataDir = path.join(folder, `store-${String((stores += 1))}`);
    try {
      const { subscriptionsFile } = ready;
      const seeded = await runChild<Seeded>('seed-process.ts', { dataDir, subscriptionsFile, keys });
      return await work({ ...ready, dataDir, seeded });
    } finally {
      await service.end();
      rmSync(dataDir, { recursive: true, force: true });
    }
  };

  return {
    takeTurns(plan: Plan, latencyMs: number): Promise<Turn[]> {
      return withService({ devices: plan.engineMessages, latencyMs }, async (place) => {
        const { dataDir, subscriptionsFile, certificateFile } = place;
        const send = async (messages: number, inFlight: number) => {
          const job = { subscriptionsFile, keys, messages, inFlight };
          const run = await runChild<WebPushRun>('web-push-process.ts', job, certificateFile);
          return perSecond(run.accepted, messages, run.totalMs);
        };
        const turns: Turn[] = [];
        for (let round = 0; round < plan.rounds; round += 1) {
          const run = await runChild<EngineRun>('engine-process.ts', { dataDir }, certificateFile);
          turns.push({
            latencyMs,
            engine: perSecond(run.accepted, plan.engineMessages, run.totalMs),
            encryption: await measureEncryption(plan.encryptSeconds),
            tuned: await send(plan.tunedMessages, 50),
            tutorial: await send(plan.tutorialMessages, 1),
          });
        }
        return turns;
      });
    },

    watchMemory(recipients: number) {
      return withService({ devices: recipients, latencyMs: 0 }, async ({ dataDir, certificateFile }) => {
        const run = await runChild<EngineRun>('engine-process.ts', { dataDir }, certificateFile);
        const rate = perSecond(run.accepted, recipients, run.totalMs);
        return { recipients, growthBytes: run.memoryGrowth, perSecond: rate };
      });
    },

    inFlood(plan: Plan): Promise<FloodTurn[]> {
      return withService({ devices: plan.floodRecipients, latencyMs: 0 }, async (place) => {
        const turns = await measureFlood(place, plan);
        for (const { alone, flooded } of turns) {
          perSecond(alone.accepted, plan.floodRecipients, alone.totalMs);
          perSecond(flooded.accepted, plan.floodRecipients, flooded.totalMs);
        }
        return turns;
      });
    },

    withReceipts(plan: Plan): Promise<ReceiptTurn[]> {
      return withService({ devices: plan.receiptRecipients, latencyMs: 0 }, async (place) => {
        const turns = await measureReceipts(place, plan);
        for (const { alone, told } of turns) {
          perSecond(alone.accepted, plan.receiptRecipients, alone.totalMs);
          perSecond(told.accepted, plan.receiptRecipients, told.totalMs);
        }
        return turns;
      });
    },

    withVariables(plan: Plan): Promise<VariableTurn[]> {
      return withService(
        { devices: plan.variableRecipients, latencyMs: Math.max(...plan.latenciesMs) },
        async (place) => {
          const turns = await measureVariables(place, plan);
          for (const { plain, personal } of turns) {
            perSecond(plain.accepted, plan.variableRecipients, plain.totalMs);
            perSecond(personal.accepted, plan.variableRecipients, personal.totalMs);
          }
          return turns;
        },
      );
    },

    watchElectron(recipients: number) {
      return withService({ devices: recipients, latencyMs: 0 }, async ({ dataDir, certificateFile }) => {
        await runChild('begin-process.ts', { dataDir }, certificateFile);
        return measureElectronLag(dataDir, certificateFile);
      });
    },

    startLarge({ startRecipients: recipients, lookUps: samples, windowStarts }: Plan) {
      return withService(
        { devices: recipients, latencyMs: 0 },
        async ({ dataDir, certificateFile, seeded }) => {
          const windowStart = await measureWindowStart(dataDir, folder, windowStarts);
          const job = { dataDir, startOnly: true };
          const run = await runChild<EngineRun>('engine-process.ts', job, certificateFile);
          return {
            start: { recipients, startMs: run.startMs },
            imported: { rows: seeded.rows, perSecond: (seeded.rows * 1000) / seeded.importMs },
            lookUps: await runChild<LookUps>('look-up-process.ts', { dataDir, samples }),
            windowStart,
          };
        },
      );
    },
  };
}

/** A rate that counts only if every message was accepted: a sender that loses some is not faster. */
function perSecond(accepted: number, wanted: number, totalMs: number): number {
  if (accepted !== wanted) {
    throw new Error(
      `Only ${String(accepted)} of ${String(wanted)} messages were accepted: nothing to compare.`,
    );
  }
  return (accepted * 1000) / totalMs;
}

async function measureEncryption(seconds: number): Promise<number> {
  const runs = await Promise.all(
    Array.from({ length: availableParallelism() }, () =>
      runChild<EncryptRun>('encrypt-process.ts', { seconds }),
    ),
  );
  return runs.reduce((sum, run) => sum + run.perSecond, 0);
}
