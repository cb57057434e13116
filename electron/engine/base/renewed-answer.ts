import { scheduleInBackground, type Schedule } from './schedule.ts';

/** At most this share of the time goes into counting again: one part in this many. */
const SHARE = 20;
/** Anything that takes no longer than this is worth waiting for. */
const QUICK_MS = 50;

export interface RenewedAnswerOptions<Answer> {
  find: () => Promise<Answer>;
  /** Changes as soon as the answer may have changed. */
  version: () => string;
  /** An outdated answer was given, and now there is a newer one. */
  onRenewed: () => void;
  /** The background renewal failed: the next caller meets the same trouble. */
  onFailed: (error: unknown) => void;
  /** In ms, from an arbitrary origin. */
  elapsed?: () => number;
  /** Runs a function later, and returns what cancels it; injected for tests. */
  schedule?: Schedule;
}

/** An answer that takes long to find: it is cached, and renewed in the background while the caller already has the previous one. */
export interface RenewedAnswer<Answer> {
  /** The newest answer if that is quick; otherwise the cached one, to be followed by `onRenewed`. */
  read(): Promise<Answer>;
  stop(): Promise<unknown>;
}

export function createRenewedAnswer<Answer>(options: RenewedAnswerOptions<Answer>): RenewedAnswer<Answer> {
  const { find, version, onRenewed, onFailed } = options;
  const { elapsed = () => performance.now(), schedule = scheduleInBackground } = options;
  let last: { answer: Answer; version: string; tookMs: number; at: number } | null = null;
  let running: Promise<Answer> | null = null;
  let cancelDue: (() => void) | null = null;
  let isStopped = false;

  const findNow = async () => {
    const startedAt = elapsed();
    // Changes made during the search may be missing in the answer.
    const of = version();
    const answer = await find();
    const at = elapsed();
    last = { answer, version: of, tookMs: at - startedAt, at };
    return answer;
  };
  const renew = () => {
    running ??= findNow().finally(() => {
      running = null;
    });
    return running;
  };
  const renewLater = (delayMs: number) => {
    if (cancelDue !== null || running !== null || isStopped) return;
    cancelDue = schedule(() => {
      cancelDue = null;
      renew().then(onRenewed, onFailed);
    }, delayMs);
  };

  return {
    async read() {
      if (last === null) return renew();
      if (last.version === version()) return last.answer;
      const wait = last.at + SHARE * last.tookMs - elapsed();
      if (wait <= 0 && last.tookMs <= QUICK_MS) return renew();
      renewLater(Math.max(0, wait));
      return last.answer;
    },
    async stop() {
      isStopped = true;
      cancelDue?.();
      await running?.catch(() => null);
    },
  };
}
