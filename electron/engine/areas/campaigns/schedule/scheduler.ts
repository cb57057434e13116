import type { CampaignId } from '../../../../contract/ids.ts';
import { Refusal, type Problem } from '../../../../contract/problem.ts';
import type { AskReason } from '../../../../contract/schedule.ts';
import { startOf } from '../../../../core/campaign/schedule-time.ts';
import type { Clock } from '../../../base/clock.ts';
import type { Log } from '../../../base/log.ts';
import type { Schedule } from '../../../base/schedule.ts';
import type { ClockChanges } from './clock-changes.ts';
import { clockSetForward, wasLate } from './schedule-problems.ts';
import type { OpenSchedule, ScheduleStore } from './schedule-store.ts';

/** A campaign that is no later than this still starts by itself: the machine was busy, or the app was just being opened. */
export const ALWAYS_STARTS_MS = 5 * 60_000;
/** The clock may be set, and the computer may sleep: schedules are checked this often, whatever is planned. */
const LOOK_EVERY_MS = 15_000;

export interface Scheduler {
  /** To be called once, when what was interrupted is known: starts what is due, or asks. */
  start(): void;
  /** To be called when a schedule has changed. */
  look(): void;
  /** Nothing was checked for so long that something may have missed its time; the next check will tell. */
  hasGap(): boolean;
  stop(): Promise<void>;
}

export interface SchedulerOptions {
  schedules: ScheduleStore;
  clockChanges: ClockChanges;
  /** How many milliseconds late a campaign may start without a decision; at least `ALWAYS_STARTS_MS`. */
  maxDelayMs: () => number;
  /** Keys are still to be unlocked: due campaigns wait for that for as long as they may be late. */
  isLocked: () => boolean;
  /**
   * Starts it, unless it was changed meanwhile.
   * @throws Refusal for what prevents it; then nothing of it has begun
   */
  begin: (due: OpenSchedule) => Promise<void>;
  /** Nothing was checked for a while: the computer slept, or the clock was set. */
  onGap: () => void;
  onChange: () => void;
  /** Called with each that asks from now on. */
  onAsk: (id: CampaignId, problem: Problem) => void;
  clock: Clock;
  schedule: Schedule;
  log: Log;
}

/**
 * Starts campaigns at their time. The store records that a campaign has started, together with its start, so neither a kill nor a clock
 * that is set back starts one twice.
 */
export function createScheduler(options: SchedulerOptions): Scheduler {
  const { schedules, clockChanges, begin, onChange, clock, log } = options;
  let lookedAt = clock.now();
  let isStarted = false;
  let isStopped = false;
  let undo: (() => void) | null = null;
  let working: Promise<void> | null = null;

  const ask = (id: CampaignId, reason: AskReason, problem: Problem) => {
    schedules.ask(id, reason, problem, clock.now());
    log.warn({ campaignId: id, reason, problem: problem.code }, 'a scheduled campaign waits for a decision');
    options.onAsk(id, problem);
    onChange();
  };

  /** If the rules of a zone have changed since, the time that the person chose stays. */
  const startNow = ({ id, schedule, startsAt }: OpenSchedule): number => {
    const at = startOf(schedule) ?? startsAt;
    if (at !== startsAt) schedules.move(id, schedule, at);
    return at;
  };

  const startDue = async (due: OpenSchedule, late: number) => {
    try {
      await begin(due);
      if (late > 60_000) log.warn({ campaignId: due.id, lateMs: late }, 'a scheduled campaign started late');
    } catch (error) {
      if (!(error instanceof Refusal)) {
        // The store is busy or full: it is tried again until it is too late.
        log.error({ campaignId: due.id, error: String(error) }, 'a scheduled campaign could not start');
        return;
      }
      const now = schedules.one(due.id);
      if (now !== null && !isStopped) ask(due.id, 'blocked', error.problem);
    }
  };

  const hasGap = () => isStarted && clock.now() - lookedAt > ALWAYS_STARTS_MS;

  const lookOnce = async () => {
    clockChanges.look();
    const wasAway = hasGap();
    lookedAt = clock.now();
    if (wasAway) options.onGap();
    for (const open of schedules.open().filter(({ isAsking }) => !isAsking)) {
      if (isStopped) return;
      const startsAt = startNow(open);
      const late = clock.now() - startsAt;
      if (late < 0) continue;
      if (late - clockChanges.aheadBy() < -ALWAYS_STARTS_MS) ask(open.id, 'clock', clockSetForward);
      else if (late > Math.max(ALWAYS_STARTS_MS, options.maxDelayMs())) ask(open.id, 'late', wasLate);
      else if (!options.isLocked()) await startDue({ ...open, startsAt }, late);
    }
  };

  const planNext = () => {
    undo?.();
    undo = null;
    if (isStopped) return;
    const waiting = schedules.open().filter(({ isAsking }) => !isAsking);
    const [next] = waiting;
    if (next === undefined) return;
    const wait = next.startsAt - clock.now();
    undo = options.schedule(look, wait <= 0 ? LOOK_EVERY_MS : Math.min(wait, LOOK_EVERY_MS));
  };

  const look = () => {
    if (!isStarted || isStopped || working !== null) return;
    working = lookOnce()
      .catch((error: unknown) => {
        log.error({ error: String(error) }, 'could not look at what is scheduled');
      })
      .finally(() => {
        working = null;
        try {
          planNext();
        } catch (error) {
          // The next check, in a minute, tries again.
          log.error({ error: String(error) }, 'could not plan the next look at what is scheduled');
        }
      });
  };

  return {
    start() {
      isStarted = true;
      look();
    },
    look,
    hasGap,
    async stop() {
      isStopped = true;
      undo?.();
      await working;
    },
  };
}
