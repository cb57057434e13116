import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { _electron } from 'playwright-core';
import { electronProgram, ROOT, SWITCHES } from './electron-program.ts';

export interface ElectronLag {
  /** How late the main thread of the app got to its timers during a campaign, in milliseconds. */
  p50: number;
  p99: number;
  max: number;
  recipients: number;
  totalMs: number;
}

/** The interval of the timer whose lateness is measured; subtracted from the figures, which include it. */
const RESOLUTION_MS = 1;

/** Opens the real app on a store whose campaign has just been started, and watches its main thread until the campaign ends. */
export async function measureElectronLag(dataDir: string, trusted: string): Promise<ElectronLag> {
  const app = await _electron.launch({
    executablePath: electronProgram(),
    args: [...SWITCHES, ROOT],
    cwd: ROOT,
    env: {
      ...(process.env as Record<string, string>),
      NODE_EXTRA_CA_CERTS: trusted,
      PUSHDESK_DATA_DIR: dataDir,
      PUSHDESK_PORT: '0',
      PUSHDESK_ALLOW_PRIVATE_ENDPOINTS: '1',
    },
  });
  try {
    await app.firstWindow();
    const histogram = await app.evaluateHandle((_electronModule, resolution) => {
      const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
      const delays = monitorEventLoopDelay({ resolution });
      delays.enable();
      return delays;
    }, RESOLUTION_MS);
    const startedAt = performance.now();
    const recipients = await campaignEnd(dataDir);
    const totalMs = performance.now() - startedAt;
    const [p50, p99, max] = await histogram.evaluate((delays) => {
      delays.disable();
      return [delays.percentile(50), delays.percentile(99), delays.max];
    });
    const late = (nanoseconds = 0) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
    return { p50: late(p50), p99: late(p99), max: late(max), recipients, totalMs };
  } finally {
    await app.close();
  }
}

async function campaignEnd(dataDir: string): Promise<number> {
  const connection = new Database(path.join(dataDir, 'pushdesk.db'), { readonly: true });
  try {
    const read = connection.prepare<[], { state: string; recipients: number }>(
      'SELECT state, recipients FROM campaigns ORDER BY id DESC LIMIT 1',
    );
    for (let row = read.get(); ; row = read.get()) {
      if (row?.state === 'finished') return row.recipients;
      await wait(250);
    }
  } finally {
    connection.close();
  }
}
