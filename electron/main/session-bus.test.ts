import { describe, expect, it } from 'vitest';
import { askSessionBus, type RunProgram } from './session-bus.ts';

const ENV = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus' };

/** What the three programs print for the same names. */
const PRINTED = {
  busctl: 'as 3 ":1.0" "org.freedesktop.secrets" "org.kde.kwalletd6"\n',
  gdbus: "([':1.0', 'org.freedesktop.secrets', 'org.kde.kwalletd6'],)\n",
  'dbus-send':
    'method return time=1.2 sender=org.freedesktop.DBus\n   array [\n      string ":1.0"\n      string "org.freedesktop.secrets"\n      string "org.kde.kwalletd6"\n   ]\n',
};
const FALSE = { busctl: 'b false\n', gdbus: '(false,)\n', 'dbus-send': '   boolean false\n' };

function machine(only: keyof typeof PRINTED, walletIsOn = true) {
  const asked: string[] = [];
  const run: RunProgram = (program, args) => {
    if (program !== only) return null;
    asked.push(args.join(' '));
    if (args.join(' ').includes('isEnabled'))
      return walletIsOn ? FALSE[only].replace('false', 'true') : FALSE[only];
    return PRINTED[only];
  };
  return { run, asked };
}

describe('who is on the session bus', () => {
  it.each(['busctl', 'gdbus', 'dbus-send'] as const)('is told by %s', (program) => {
    const { run } = machine(program);
    const names = ['org.freedesktop.secrets', 'org.kde.kwalletd6'];
    expect(askSessionBus(ENV, run)).toEqual({ running: names, activatable: names });
  });

  it.each(['busctl', 'gdbus', 'dbus-send'] as const)('is no wallet that is switched off (%s)', (program) => {
    const { run } = machine(program, false);
    const names = ['org.freedesktop.secrets'];
    expect(askSessionBus(ENV, run)).toEqual({ running: names, activatable: names });
  });

  it('is not asked where there is no bus: a program would start one', () => {
    const { run, asked } = machine('dbus-send');
    expect(askSessionBus({ XDG_RUNTIME_DIR: '/nowhere/at/all' }, run)).toBeNull();
    expect(asked).toEqual([]);
  });

  it('is not known where none of the programs answers', () => {
    expect(askSessionBus(ENV, () => null)).toBeNull();
  });
});
