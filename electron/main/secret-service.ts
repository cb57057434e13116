import { sessionBus, type Message, type MessageBus } from '@jellybrick/dbus-next';
import { z } from 'zod';
import { callBus, withBus } from './bus-call.ts';

/** The Secret Service of a desktop (GNOME Keyring, KeePassXC, KWallet's own), as far as Electron's key ring relies on it. */
export interface SecretService {
  /** Whether using it would ask the person for a password. @throws Error where it does not answer */
  isLocked(): Promise<boolean>;
  /**
   * Asks the person for the password; resolves when they have given it, or dismissed the question. @throws Error where it does not answer
   */
  unlock(): Promise<void>;
}

const SERVICE = 'org.freedesktop.secrets';
const ROOT = '/org/freedesktop/secrets';
const NOTHING = '/';
/** As Chromium keeps the one password that it seals everything with. */
const SCHEMA = 'chrome_libsecret_os_crypt_password_v2';

const pathsSchema = z.tuple([z.array(z.string()), z.array(z.string())]);
const promptedSchema = z.tuple([z.unknown(), z.string()]);
const flagSchema = z.tuple([z.object({ value: z.boolean() })]);
const aliasSchema = z.tuple([z.string()]);

/**
 * Speaks to it separately from Electron, whose own calls block the window for as long as the person is asked. See the Secret Service API of
 * freedesktop.org, 0.2.
 *
 * @param application the name of the app, as Electron writes it beside its password
 */
export function createSecretService(
  application: string,
  connect: () => MessageBus = sessionBus,
): SecretService {
  return {
    isLocked: () => over(connect, async (calls) => (await lockedPart(calls, application)) !== null),
    unlock: () =>
      over(connect, async (calls) => {
        const part = await lockedPart(calls, application);
        if (part === null) return;
        const [, prompt] = promptedSchema.parse(
          part.kind === 'nothing'
            ? (
                await calls.ask(ROOT, 'org.freedesktop.Secret.Service.CreateCollection', 'a{sv}s', [
                  {},
                  'default',
                ])
              ).slice(0, 2)
            : await calls.ask(ROOT, 'org.freedesktop.Secret.Service.Unlock', 'ao', [part.paths]),
        );
        if (prompt !== NOTHING) await calls.completed(prompt);
      }),
  };
}

type LockedPart = { kind: 'paths'; paths: string[] } | { kind: 'nothing' };

/** What is in the way of Electron's password: its own item, the collection it would be put in, or that there is no collection yet. */
async function lockedPart(calls: Calls, application: string): Promise<LockedPart | null> {
  const [open, locked] = pathsSchema.parse(
    await calls.ask(ROOT, 'org.freedesktop.Secret.Service.SearchItems', 'a{ss}', [
      { 'xdg:schema': SCHEMA, application },
    ]),
  );
  if (open.length > 0) return null;
  if (locked.length > 0) return { kind: 'paths', paths: locked };
  const [collection] = aliasSchema.parse(
    await calls.ask(ROOT, 'org.freedesktop.Secret.Service.ReadAlias', 's', ['default']),
  );
  if (collection === NOTHING) return { kind: 'nothing' };
  const [flag] = flagSchema.parse(
    await calls.ask(collection, 'org.freedesktop.DBus.Properties.Get', 'ss', [
      'org.freedesktop.Secret.Collection',
      'Locked',
    ]),
  );
  return flag.value ? { kind: 'paths', paths: [collection] } : null;
}

interface Calls {
  ask(object: string, method: string, signature: string, body: unknown[]): Promise<unknown[]>;
  /** Shows the question and waits for its end, or for that of the service. */
  completed(prompt: string): Promise<void>;
}

/** On a connection of its own, which the service needs until the question is answered. */
const over = <Result>(connect: () => MessageBus, work: (calls: Calls) => Promise<Result>) =>
  withBus(connect, (bus) => work(callsOn(bus)));

function callsOn(bus: MessageBus): Calls {
  const send = (destination: string, object: string, method: string, signature: string, body: unknown[]) =>
    callBus(bus, { destination, object, method, signature, body });
  const watch = (rule: string) =>
    send('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus.AddMatch', 's', [rule]);
  return {
    ask: (object, method, signature, body) => send(SERVICE, object, method, signature, body),
    async completed(prompt) {
      await watch(`type='signal',interface='org.freedesktop.Secret.Prompt',path='${prompt}'`);
      await watch(`type='signal',member='NameOwnerChanged',arg0='${SERVICE}'`);
      const ended = new Promise<void>((resolve) => {
        bus.on('message', ({ member, path, body }: Message) => {
          const isDone = member === 'Completed' && path === prompt;
          if (isDone || (member === 'NameOwnerChanged' && body[0] === SERVICE)) resolve();
        });
      });
      await send(SERVICE, prompt, 'org.freedesktop.Secret.Prompt.Prompt', 's', ['']);
      await ended;
    },
  };
}
