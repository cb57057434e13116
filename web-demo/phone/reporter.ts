import type { ReportPhone } from '../../electron/contract/http.ts';
import type { Schedule } from '../page/with-timeout.ts';

/** Tells the app what the page finds, once for each change. */
export interface Reporter {
  /** Something may have changed. */
  look: () => void;
}

export interface ReporterOptions {
  /** What is to be told now. */
  read: () => Promise<ReportPhone>;
  /** Whether the app still looks; rejects where it could not be told. */
  send: (report: ReportPhone) => Promise<boolean>;
  /** The app looks no more. */
  onEnd: () => void;
  schedule: Schedule;
}

const AGAIN_MS = 5_000;
/** How often one change is told before the page gives up: the next one begins anew. */
const TRIES = 4;

/** One request at a time; what changes meanwhile is told afterwards. */
export function createReporter({ read, send, onEnd, schedule }: ReporterOptions): Reporter {
  let told = '';
  let isBusy = false;
  /** How often something may have changed, so that what changes meanwhile is seen. */
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
