import { createLog, type Log } from '../base/log.ts';

export interface CapturedLog {
  log: Log;
  /** Everything that was logged, as text, to prove that something is not in it. */
  text(): string;
  lines(): Record<string, unknown>[];
}

/** A real log at its most detailed level that writes to memory. */
export function capturedLog(): CapturedLog {
  const written: string[] = [];
  const log = createLog(
    {
      write(line) {
        written.push(line);
      },
    },
    'trace',
  );
  return {
    log,
    text: () => written.join(''),
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
