import { sessionBus, type MessageBus } from '@jellybrick/dbus-next';
import { z } from 'zod';
import { callBus, withBus } from './bus-call.ts';

const WATCHER = 'org.kde.StatusNotifierWatcher';
const flagSchema = z.tuple([z.object({ value: z.boolean() })]);

/**
 * Whether the Linux desktop shows icons in a tray, by the StatusNotifierItem specification of freedesktop.org.
 *
 * Where none does, Electron falls back to GTK's own icons, which hardly any desktop shows, and now and then touches one that it has freed
 * (SIGSEGV in `gtk_status_icon_set_visible`, Electron 33). So it is better not to ask for an icon there.
 */
export async function hasTrayHost(connect: () => MessageBus = sessionBus): Promise<boolean> {
  try {
    const answer = await withBus(connect, (bus) =>
      callBus(bus, {
        destination: WATCHER,
        object: '/StatusNotifierWatcher',
        method: 'org.freedesktop.DBus.Properties.Get',
        signature: 'ss',
        body: [WATCHER, 'IsStatusNotifierHostRegistered'],
      }),
    );
    return flagSchema.parse(answer)[0].value;
  } catch {
    return false;
  }
}
