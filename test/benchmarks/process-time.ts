import { readdirSync, readFileSync } from 'node:fs';

/** The unit in which the kernel counts; the same on every machine with Linux. */
const TICK_MS = 10;

/** Whether the kernel of this machine tells what each process has used. */
export const canTellProcessorTime = process.platform === 'linux';

interface Used {
  readonly parent: number;
  readonly ticks: number;
  /** The share of processes that it started and that have ended. */
  readonly ofEnded: number;
}

function usedBy(pid: number | string): Used {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent = 0, user = 0, system = 0, endedUser = 0, endedSystem = 0] = [1, 11, 12, 13, 14].map(
    (at) => fields[at],
  );
  return { parent, ticks: user + system, ofEnded: endedUser + endedSystem };
}

/** Milliseconds of processor time that a process has used, all its threads together. */
export const processMs = (pid: number): number => usedBy(pid).ticks * TICK_MS;

/** The same with all processes that it has started, those that have ended included. Each may lead a group of its own. */
export function familyMs(parent: number): number {
  const { ticks: own, ofEnded } = usedBy(parent);
  let ticks = own + ofEnded;
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const used = usedBy(name);
      if (used.parent === parent) ticks += used.ticks;
    } catch {
      // It has just ended.
    }
  }
  return ticks * TICK_MS;
}

/** Milliseconds of processor time that this machine had, and how many of them nobody used. */
export function machineMs(): { all: number; idle: number } {
  const line = /^cpu +(\S.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? '';
  // The last two are part of the first two.
  const [user = 0, nice = 0, system = 0, idle = 0, waiting = 0, ...others] = line
    .split(' ')
    .map(Number)
    .slice(0, 8);
  const all = [user, nice, system, idle, waiting, ...others].reduce((sum, one) => sum + one, 0);
  return { all: all * TICK_MS, idle: (idle + waiting) * TICK_MS };
}
