import type { EventEmitter } from 'node:events';
import { Message, type MessageBus } from '@jellybrick/dbus-next';

const ANSWER_WITHIN_MS = 5000;

/**
 * Uses a bus connection of its own and closes it afterwards.
 * @throws Error where there is no bus, or its connection breaks
 */
export async function withBus<Result>(
  connect: () => MessageBus,
  work: (bus: MessageBus) => Promise<Result>,
): Promise<Result> {
  const bus = connect();
  // It emits the errors of its connection, though its types do not say so.
  const connection: EventEmitter = bus;
  const failed = new Promise<never>((_resolve, reject) => {
    connection.on('error', reject);
  });
  failed.catch(() => undefined);
  try {
    return await Promise.race([work(bus), failed]);
  } finally {
    bus.disconnect();
  }
}

export interface BusCall {
  destination: string;
  object: string;
  /** With its interface. */
  method: string;
  signature: string;
  body: unknown[];
}

/**
 * @returns the body of the answer, as it came
 * @throws Error where the answer is an error, or does not come within five seconds
 */
export async function callBus(bus: MessageBus, call: BusCall): Promise<unknown[]> {
  const { destination, object, method, signature, body } = call;
  const dot = method.lastIndexOf('.');
  const message = new Message({
    destination,
    path: object,
    interface: method.slice(0, dot),
    member: method.slice(dot + 1),
    signature,
    body,
  });
  return (await within(ANSWER_WITHIN_MS, bus.call(message), destination))?.body ?? [];
}

async function within<Result>(ms: number, work: Promise<Result>, destination: string): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${destination} does not answer.`));
    }, ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
