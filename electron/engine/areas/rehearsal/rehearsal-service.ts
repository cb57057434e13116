import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { startedCampaignProcedures } from '../../../contract/campaigns.ts';
import type { Message } from '../../../contract/message.ts';
import { Refusal } from '../../../contract/problem.ts';
import type { Rehearsal } from '../../../contract/rehearsal.ts';
import { buildPayload, encodePayload, EXAMPLE_PAYLOAD_ID } from '../../../core/message/payload.ts';
import { withNamesAsFallbacks } from '../../../core/message/variables/personal.ts';
import { judgeMessage } from '../../../core/campaign/preflight.ts';
import type { CampaignService } from '../campaigns/campaign-service.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import { dialectNameSchema } from '../../local-push-service/dialects.ts';
import { openThrowAwayStore, removeStoreFiles } from '../../store/throw-away-store.ts';
import type { WorkerFiles } from '../../base/worker-files.ts';
import { goesOn, noRehearsal, stopping } from './rehearsal-problems.ts';
import { startRehearsalRun, type RehearsalInput, type RehearsalRun } from './rehearsal-run.ts';

/** The part of a campaign service that exists for a rehearsal. */
export type RehearsalCampaigns = Pick<CampaignService, keyof typeof startedCampaignProcedures>;

/** Sends to virtual devices on this machine: one rehearsal at a time, over a store of its own. */
export interface RehearsalService {
  /** @throws Refusal BAD_INPUT for a message that no push service would accept, CONFLICT while another rehearsal is running */
  start(input: RehearsalInput): Promise<Rehearsal>;
  current(): Rehearsal | null;
  /** Ends it and throws it away; without a rehearsal it does nothing. */
  stop(): Promise<null>;
  /** @throws Refusal NOT_FOUND if there is no rehearsal or its campaign has not begun */
  readonly campaigns: RehearsalCampaigns;
  /** Removes what a killed app has left behind; to be called once, when the engine starts. */
  removeLeftovers(): void;
  /** Ends it and accepts no more. */
  close(): Promise<void>;
}

export interface RehearsalServiceOptions {
  readonly dataDir: string;
  readonly workerFiles: WorkerFiles;
  /** The most that may be in flight to one push service. */
  readonly cap: () => number;
  /** Origins of the person's own sites; omitted: there are none. */
  readonly ownSites?: (() => readonly string[]) | undefined;
  readonly changes: Pick<ChangeHub, 'publish'>;
  readonly clock: Clock;
  readonly log: Log;
  /** The seed of each rehearsal; the default: a different one each time. */
  readonly makeSeed?: () => string;
  /** Draws the wait before a retry, a number in [0, 1). */
  readonly random?: () => number;
}

export function createRehearsalService(options: RehearsalServiceOptions): RehearsalService {
  const { workerFiles, cap, ownSites, changes, clock, log, random, makeSeed = randomUUID } = options;
  const around = { workerFiles, cap, ownSites, changes, clock, log, random };
  const file = path.join(options.dataDir, 'rehearsal.db');
  let run: RehearsalRun | null = null;
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();

  /** One after the other: ending takes a moment, and a second click must not catch it half-way. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = last.then(work, work);
    last = result.catch(() => undefined);
    return result;
  };

  const end = async () => {
    const ended = run;
    run = null;
    if (ended === null) return;
    changes.publish('rehearsal');
    await ended.end();
  };

  const campaigns = (): CampaignService => {
    const found = run?.campaigns() ?? null;
    if (found === null) throw noRehearsal();
    return found;
  };

  return {
    start: (input) =>
      inTurn(async () => {
        if (closed) throw new Refusal('UNAVAILABLE', stopping);
        check(input.message, ownSites?.() ?? []);
        if (run !== null && !run.isOver()) throw new Refusal('CONFLICT', goesOn);
        await end();
        const seed = makeSeed();
        log.info({ devices: input.devices, seed }, 'a rehearsal was started');
        const store = openThrowAwayStore({ file, log, clock });
        const shown = { ...input, message: withNamesAsFallbacks(input.message) };
        run = startRehearsalRun({ ...around, input: shown, store, seed });
        changes.publish('rehearsal');
        return run.view();
      }),
    current: () => run?.view() ?? null,
    stop: () =>
      inTurn(async () => {
        await end();
        return null;
      }),
    campaigns: forwarded(startedCampaignProcedures, campaigns),
    removeLeftovers() {
      try {
        removeStoreFiles(file);
      } catch (error) {
        // They cost disk space and nothing else: the next rehearsal tries again.
        log.warn({ error: String(error) }, 'could not remove what a rehearsal has left');
      }
    },
    close: () => {
      closed = true;
      return inTurn(end);
    },
  };
}

function check(message: Message, sites: readonly string[]): void {
  const { bytes } = encodePayload(buildPayload(message, EXAMPLE_PAYLOAD_ID, false, sites));
  const [blocker] = judgeMessage(message, bytes, dialectNameSchema.options).blockers;
  if (blocker !== undefined) throw new Refusal('BAD_INPUT', blocker);
}

/** Functions with those names, each of which looks up its service when it is called. */
function forwarded<Name extends keyof Service & string, Service extends object>(
  names: Readonly<Record<Name, unknown>>,
  service: () => Service,
): Pick<Service, Name> {
  return Object.fromEntries(
    Object.keys(names).map((name) => [
      name,
      (...given: unknown[]) =>
        (service() as Record<string, (...given: unknown[]) => unknown>)[name]?.(...given),
    ]),
  ) as Pick<Service, Name>;
}
