import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

export interface BusNames {
  running: readonly string[];
  /** The bus starts them when they are called. */
  activatable: readonly string[];
}

/** Runs a program and gives what it printed, or `null` where it failed or is not there. */
export type RunProgram = (program: string, args: readonly string[]) => string | null;

const BUS = 'org.freedesktop.DBus';
const BUS_PATH = '/org/freedesktop/DBus';
/** Every desktop has one of these programs. */
const WAYS: readonly ((name: string, object: string, method: string) => readonly [string, ...string[]])[] = [
  (name, object, method) => ['busctl', '--user', 'call', name, object, ...splitMethod(method)],
  (name, object, method) => [
    'gdbus',
    'call',
    '--session',
    '--dest',
    name,
    '--object-path',
    object,
    '--method',
    method,
  ],
  (name, object, method) => ['dbus-send', '--session', '--print-reply', `--dest=${name}`, object, method],
];

const splitMethod = (method: string) => {
  const dot = method.lastIndexOf('.');
  return [method.slice(0, dot), method.slice(dot + 1)];
};

/**
 * Asks the session bus which services are there. It blocks, because Electron must know its key ring before it is ready, and nothing can be
 * awaited before then: a D-Bus library could only answer later.
 *
 * @returns `null` where there is no session bus, or no program to ask it with. A KWallet that is switched off does not count as being
 * there.
 */
export function askSessionBus(
  env: Readonly<Record<string, string | undefined>>,
  run: RunProgram = runProgram,
): BusNames | null {
  if (!hasBus(env)) return null;
  for (const way of WAYS) {
    const call = (name: string, object: string, method: string) => {
      const [program, ...args] = way(name, object, method);
      return run(program, args);
    };
    const running = namesIn(call(BUS, BUS_PATH, `${BUS}.ListNames`));
    if (running === null) continue;
    const activatable = namesIn(call(BUS, BUS_PATH, `${BUS}.ListActivatableNames`)) ?? [];
    const isOff = (name: string) =>
      WALLET.test(name) &&
      /\bfalse\b/.test(
        call(name, `/modules/${name.replace('org.kde.', '')}`, 'org.kde.KWallet.isEnabled') ?? '',
      );
    const on = (names: readonly string[]) => names.filter((name) => !isOff(name));
    return { running: on(running), activatable: on(activatable) };
  }
  return null;
}

const WALLET = /^org\.kde\.kwalletd[56]?$/;

/** Without one, `dbus-send` would start a bus of its own. */
function hasBus(env: Readonly<Record<string, string | undefined>>): boolean {
  if ((env['DBUS_SESSION_BUS_ADDRESS'] ?? '') !== '') return true;
  const folder = env['XDG_RUNTIME_DIR'] ?? '';
  return folder !== '' && existsSync(path.join(folder, 'bus'));
}

/** The well-known names in the answer of any of the programs. */
function namesIn(printed: string | null): string[] | null {
  return (
    printed?.match(/(?<=["'])[A-Za-z_][\w-]*(?:\.[\w-]+)+(?=["'])/g)?.filter((name) => !/^\d/.test(name)) ??
    null
  );
}

function runProgram(program: string, args: readonly string[]): string | null {
  const { status, stdout } = spawnSync(program, args, {
    encoding: 'utf8',
    timeout: 2000,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : null;
}
