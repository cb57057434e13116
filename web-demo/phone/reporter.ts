import type { ReportPhone } from '../../electron/contract/http.ts';
import type { Schedule } from '../page/with-timeout.ts';

/** Tells the app what the page finds, once for each change. */
export interface Reporter {
  /** Something may have changed. */
  look: () => void;
}

export interface ReporterOptions {
  /** What there is to tell now. */
  read: () => Promise<ReportPhone>;
  /** Whether the app is still looking; rejects if it could not be told. */
  send: (report: ReportPhone) => Promise<boolean>;
  /** The app has stopped looking. */
  onEnd: () => void;
  schedule: Schedule;
}

const AGAIN_MS = 5_000;
/** How often the page tries to tell one change before it gives up; the next change starts afresh. */
const TRIES = 4;

/** One request at a time; what changes meanwhile is reported afterwards. */
export function createReporter({ read, send, onEnd, schedule }: ReporterOptions): Reporter {
  let told = '';
  let isBusy = false;
  /** How many times something may have changed, so that a change meanwhile is noticed. */
  let looks = 0;
  let hasEnded = false;
  let failures = 0;

  const tellOnce = async (): Promise<void> => {
    const report = await read();
    const text = JSON.stringify(report);
    if (text === told) return;
    if (await send(report)) told = text;
    else {
      hasEnded = true;
      onEnd();
    }
  };

  const run = async (): Promise<void> => {
    isBusy = true;
    const before = looks;
    try {
      await tellOnce();
      failures = 0;
    } catch {
      failures += 1;
      if (failures < TRIES) schedule(look, AGAIN_MS);
      else failures = 0;
    }
    isBusy = false;
    if (looks !== before) look();
  };

  function look(): void {
    if (hasEnded) return;
    if (isBusy) looks += 1;
    else void run();
  }
  return { look };
}
