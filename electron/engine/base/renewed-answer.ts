import { scheduleInBackground, type Schedule } from './schedule.ts';

/** How much of the time at most goes into counting anew: one part in this many. */
const SHARE = 20;
/** What takes no longer is worth waiting for. */
const QUICK_MS = 50;

export interface RenewedAnswerOptions<Answer> {
  find: () => Promise<Answer>;
  /** Another one as soon as the answer may be another one. */
  version: () => string;
  /** An answer that was not the newest was given, and now there is a newer one. */
  onRenewed: () => void;
  /** It could not be found anew in the background: whoever asks next meets the same trouble. */
  onFailed: (error: unknown) => void;
  /** In ms, from whenever it likes. */
  elapsed?: () => number;
  /** Runs it later, and returns what cancels that; injected for tests. */
  schedule?: Schedule;
}

/** An answer that takes long to find: it is kept, and found anew while whoever asks already has the one before. */
export interface RenewedAnswer<Answer> {
  /** The newest one where that is quick; else the one that is there, to be followed by `onRenewed`. */
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
    // What changes while it is being found may be missing in it.
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
