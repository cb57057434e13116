import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A separate D-Bus session bus, apart from that of the person who runs the tests. */
export interface TestBus {
  readonly address: string;
  end(): Promise<void>;
}

/** @param env of the bus, and of what it starts */
export async function startSessionBus(env: Readonly<Record<string, string>>): Promise<TestBus> {
  // It ends when its standard input does, and the bus with it.
  const bus = spawn('dbus-run-session', ['--', 'sh', '-c', 'echo "$DBUS_SESSION_BUS_ADDRESS"; cat'], {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const ended = once(bus, 'exit');
  const address = await new Promise<string>((resolve, reject) => {
    createInterface({ input: bus.stdout }).once('line', resolve);
    bus.once('error', reject);
    bus.once('exit', (code) => {
      reject(new Error(`dbus-run-session ended with ${code ?? 'a signal'}`));
    });
  });
  return {
    address,
    async end() {
      bus.stdin.end();
      await ended;
    },
  };
}
