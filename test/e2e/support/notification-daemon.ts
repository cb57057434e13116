import { Message, sessionBus } from '@jellybrick/dbus-next';
import { expect } from 'vitest';
import { startSessionBus } from '../../support/session-bus.ts';
import { inheritedEnv } from './pushdesk.ts';

const NAME = 'org.freedesktop.Notifications';
const PATH = '/org/freedesktop/Notifications';
/** What the desktop says about a notification that a person closed (Desktop Notifications Specification, NotificationClosed). */
const CLOSED_BY_PERSON = 2;

/** A notification as a program handed it to the desktop. */
export interface DesktopNotification {
  readonly id: number;
  readonly title: string;
  readonly text: string;
  /** Id and words of each button, alternating; `default` is the notification itself. */
  readonly actions: readonly string[];
}

/**
 * The part of a desktop that shows notifications, on a session bus of its own. A press here reaches the browser as from a person's desktop:
 * its events are trusted, and the worker may open and focus windows.
 */
export interface NotificationDaemon {
  /** What a program needs in its environment to be on this bus. */
  readonly env: Readonly<Record<string, string>>;
  /** The notifications that are on the screen, oldest first. */
  shown(): readonly DesktopNotification[];
  /** Waits for the newest notification with that title. */
  whenShown(title: string): Promise<DesktopNotification>;
  /** Presses the notification, or its button with those words. */
  press(title: string, button?: string): Promise<void>;
  /** Closes it by its cross. */
  dismiss(title: string): Promise<void>;
  end(): Promise<void>;
}

export async function startNotificationDaemon(): Promise<NotificationDaemon> {
  const session = await startSessionBus(inheritedEnv());
  const bus = sessionBus({ busAddress: session.address });
  const open = new Map<number, DesktopNotification>();
  let last = 0;

  const signal = (member: string, signature: string, body: readonly unknown[]) => {
    bus.send(Message.newSignal(PATH, NAME, member, signature, [...body]));
  };
  const close = (id: number, reason: number) => {
    if (open.delete(id)) signal('NotificationClosed', 'uu', [id, reason]);
  };
  function notify(body: readonly unknown[]): number {
    const [, replaced, , title, text, actions] = body as [string, number, string, string, string, string[]];
    last += 1;
    const id = replaced || last;
    open.set(id, { id, title, text, actions });
    return id;
  }
  bus.addMethodHandler((call) => {
    if (call.interface !== NAME) return false;
    switch (call.member) {
      case 'GetCapabilities':
        bus.send(Message.newMethodReturn(call, 'as', [['actions', 'body']]));
        return true;
      case 'GetServerInformation':
        bus.send(Message.newMethodReturn(call, 'ssss', ['Test desktop', 'Pushdesk', '1', '1.2']));
        return true;
      case 'Notify':
        bus.send(Message.newMethodReturn(call, 'u', [notify(call.body)]));
        return true;
      case 'CloseNotification':
        bus.send(Message.newMethodReturn(call, '', []));
        close(Number(call.body[0]), 3);
        return true;
      default:
        return false;
    }
  });
  await bus.requestName(NAME, 0);

  const shown = () => [...open.values()];
  async function whenShown(title: string): Promise<DesktopNotification> {
    await expect
      .poll(() => shown().map((one) => one.title), { message: 'titles of the notifications on the screen' })
      .toContain(title);
    const found = shown().findLast((one) => one.title === title);
    if (found === undefined) throw new Error(`The notification “${title}” is gone again.`);
    return found;
  }

  return {
    env: { DBUS_SESSION_BUS_ADDRESS: session.address },
    shown,
    whenShown,
    async press(title, button) {
      const { id, actions } = await whenShown(title);
      const action = button === undefined ? 'default' : actions[actions.indexOf(button) - 1];
      if (action === undefined || !actions.includes(action))
        throw new Error(`“${title}” has no “${button ?? 'default'}”: ${actions.join()}`);
      signal('ActionInvoked', 'us', [id, action]);
      close(id, CLOSED_BY_PERSON);
    },
    async dismiss(title) {
      close((await whenShown(title)).id, CLOSED_BY_PERSON);
    },
    async end() {
      bus.disconnect();
      await session.end();
    },
  };
}
