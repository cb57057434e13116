import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/message-port';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { settingsSchema } from '../../electron/contract/settings.ts';
import { contract } from '../../electron/contract/procedures.ts';
import { createEngineConnection, PORT_MESSAGE, type MessageTarget } from './connection.ts';

const opened: MessagePort[] = [];
afterEach(() => {
  for (const port of opened.splice(0)) port.close();
});

/** A window that messages can be posted to, and nothing else. */
function createTarget() {
  const listeners: ((event: MessageEvent) => void)[] = [];
  const target: MessageTarget = { addEventListener: (_type, listener) => listeners.push(listener) };
  return {
    target,
    post: (data: unknown, ports: MessagePort[], source: unknown = target) => {
      for (const listener of listeners) listener({ data, ports, source } as unknown as MessageEvent);
    },
  };
}

/** An engine whose only answer is the port in its settings; gives the window's end of its line. */
function startEngine(serverPort: number) {
  const settings = implement(contract.app.settings).handler(() => settingsSchema.parse({ serverPort }));
  const { port1, port2 } = new MessageChannel();
  new RPCHandler({ app: { settings } }).upgrade(port1);
  port1.start();
  opened.push(port1, port2);
  return {
    port: port2,
    stop: () => {
      port1.close();
    },
  };
}

describe('the line to the engine', () => {
  it('answers calls that were made before it was there', async () => {
    const { target, post } = createTarget();
    const { client } = createEngineConnection(target);
    const settings = client.app.settings();
    post(PORT_MESSAGE, [startEngine(5001).port]);
    expect((await settings).serverPort).toBe(5001);
  });

  it('goes on with a new engine when the old one is gone', async () => {
    const { target, post } = createTarget();
    const connection = createEngineConnection(target);
    const heard = vi.fn();
    connection.listen(heard);
    const first = startEngine(5001);
    post(PORT_MESSAGE, [first.port]);
    await connection.client.app.settings();

    first.stop();
    await expect.poll(() => connection.isConnected()).toBe(false);
    const waiting = connection.client.app.settings();
    post(PORT_MESSAGE, [startEngine(5002).port]);
    expect((await waiting).serverPort).toBe(5002);
    expect(connection.isConnected()).toBe(true);
    expect(heard).toHaveBeenCalledTimes(3);
  });

  it('takes a new port while the old one is still open', async () => {
    const { target, post } = createTarget();
    const { client } = createEngineConnection(target);
    post(PORT_MESSAGE, [startEngine(5001).port]);
    await client.app.settings();
    post(PORT_MESSAGE, [startEngine(5002).port]);
    expect((await client.app.settings()).serverPort).toBe(5002);
  });

  it.each(['x', '', 'null', '{"i":"0","p":{"s":"200"}}', { i: '0' }, new Uint8Array(2)])(
    'is closed by an answer that is none (%s), and goes on with the next one',
    async (frame) => {
      const { target, post } = createTarget();
      const connection = createEngineConnection(target);
      const { port1, port2 } = new MessageChannel();
      opened.push(port1, port2);
      post(PORT_MESSAGE, [port2]);
      const settings = connection.client.app.settings();
      port1.postMessage(frame);
      await expect(settings).rejects.toThrow();
      expect(connection.isConnected()).toBe(false);
      post(PORT_MESSAGE, [startEngine(5003).port]);
      expect((await connection.client.app.settings()).serverPort).toBe(5003);
    },
  );

  it('fails calls that were under way when the engine fell', async () => {
    const { target, post } = createTarget();
    const { client } = createEngineConnection(target);
    const { port1, port2 } = new MessageChannel();
    opened.push(port1, port2);
    post(PORT_MESSAGE, [port2]);
    const settings = client.app.settings();
    port1.close();
    await expect(settings).rejects.toThrow();
  });

  it('takes no port from a frame, under another name, or without one', () => {
    const { target, post } = createTarget();
    const connection = createEngineConnection(target);
    post(PORT_MESSAGE, [startEngine(5001).port], {});
    post('other', [startEngine(5001).port]);
    post(PORT_MESSAGE, []);
    expect(connection.isConnected()).toBe(false);
  });
});
