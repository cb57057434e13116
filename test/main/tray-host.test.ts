import { Message, Variant, sessionBus } from '@jellybrick/dbus-next';
import { describe, expect, it, onTestFinished } from 'vitest';
import { hasTrayHost } from '../../electron/main/tray-host.ts';
import { startSessionBus } from '../support/session-bus.ts';
import { inheritedEnv } from '../support/surroundings.ts';

async function startBus() {
  const bus = await startSessionBus(inheritedEnv());
  onTestFinished(() => bus.end());
  return bus;
}

async function watchTrays(busAddress: string, hasHost: boolean): Promise<{ asked: () => number }> {
  let asked = 0;
  const bus = sessionBus({ busAddress });
  onTestFinished(() => {
    bus.disconnect();
  });
  bus.addMethodHandler((call) => {
    if (call.path !== '/StatusNotifierWatcher' || call.member !== 'Get') return false;
    asked += 1;
    expect(call.body).toEqual(['org.kde.StatusNotifierWatcher', 'IsStatusNotifierHostRegistered']);
    bus.send(Message.newMethodReturn(call, 'v', [new Variant('b', hasHost)]));
    return true;
  });
  await bus.requestName('org.kde.StatusNotifierWatcher', 0);
  return { asked: () => asked };
}

describe('whether the desktop has a tray', () => {
  it('says yes where one shows icons', async () => {
    const { address } = await startBus();
    const tray = await watchTrays(address, true);
    expect(await hasTrayHost(() => sessionBus({ busAddress: address }))).toBe(true);
    expect(tray.asked()).toBe(1);
  });

  it('says no where icons are only collected, and nobody shows them', async () => {
    const { address } = await startBus();
    const tray = await watchTrays(address, false);
    expect(await hasTrayHost(() => sessionBus({ busAddress: address }))).toBe(false);
    expect(tray.asked()).toBe(1);
  });

  it('says no on a bus without a tray', async () => {
    const { address } = await startBus();
    expect(await hasTrayHost(() => sessionBus({ busAddress: address }))).toBe(false);
  });

  it.each(['unix:path=/nonexistent/bus', 'disabled:', 'x'])(
    'says no without a bus, at %s',
    async (busAddress) => {
      expect(await hasTrayHost(() => sessionBus({ busAddress }))).toBe(false);
    },
  );
});
