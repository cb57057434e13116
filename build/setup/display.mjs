import { spawn } from 'node:child_process';
import { SetupError } from './say.mjs';

/** Whether programs with windows have a screen to show them on. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
}

/**
 * Starts a virtual display on a free number.
 * @returns {Promise<{name: string, stop: () => void}>} its name for `DISPLAY`, and what ends it
 */
export function startVirtualDisplay() {
  return new Promise((resolve, reject) => {
    // Otherwise it resets when its last program has left, and refuses one that connects at that moment.
    const options = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset'];
    const server = spawn('Xvfb', options, {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
      // A separate process group: Ctrl+C must not end the display before the app, which would crash without it.
      detached: true,
    });
    const failed = () =>
      reject(new SetupError('No virtual display could be started: check that Xvfb runs, or set DISPLAY.'));
    server.on('error', failed);
    server.on('exit', failed);
    let number = '';
    const answer = /** @type {import('node:net').Socket} */ (server.stdio[3]);
    answer.on('data', (chunk) => {
      number += chunk;
      if (!number.endsWith('\n')) return;
      server.unref();
      answer.unref();
      const stop = () => server.kill();
      process.once('exit', stop);
      resolve({ name: `:${number.trim()}`, stop });
    });
  });
}

/**
 * Does something that opens windows, on a virtual display if there is no other, which `DISPLAY` then names while it runs.
 * @template Result
 * @param {() => Promise<Result>} work
 */
export async function withDisplay(work) {
  if (hasDisplay()) return work();
  const display = await startVirtualDisplay();
  process.env['DISPLAY'] = display.name;
  try {
    return await work();
  } finally {
    delete process.env['DISPLAY'];
    display.stop();
  }
}
