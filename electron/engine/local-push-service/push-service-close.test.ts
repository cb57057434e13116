import { once } from 'node:events';
import { connect } from 'node:http2';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createPushService } from './push-service.ts';
import { sendOverSession } from './testing/raw-client.ts';
import { createTestSender } from './testing/sender.ts';

const sender = createTestSender();

/**
 * Sockets and servers that keep this process alive. Node's public API gives only their names; this is the way to the objects themselves.
 */
const handles = () => (process as unknown as { _getActiveHandles(): object[] })._getActiveHandles();

describe('the push service, once closed,', () => {
  it('leaves no socket and no server behind, and no answer waiting', async () => {
    // Handles opened by others may close meanwhile: only new ones count.
    const before = new Set(handles());
    const opened = () =>
      handles()
        .filter((handle) => !before.has(handle))
        .map((handle) => handle.constructor.name);
    const service = await createPushService();
    // Waits for hours unless it is cancelled.
    service.faults.add({ effect: { kind: 'delay', milliseconds: 3_600_000 }, skip: 1 });
    const device = service.registerDevice({ applicationServerKey: sender.publicKey });
    const browser = new WebSocket(service.autopush.url, 'push-notification');
    browser.on('error', () => undefined);
    await once(browser, 'open');
    const session = connect(service.origin, { ca: service.certificatePem });
    session.on('error', () => undefined);
    const request = sender.request(device.subscription);
    expect(await sendOverSession(session, request)).toMatchObject({ status: 201 });
    const late = sendOverSession(session, request);
    await expect.poll(() => service.requests.counts().accepted).toBe(2);
    expect(opened().length).toBeGreaterThanOrEqual(4);
    await service.close();
    expect(await late).toEqual({ kind: 'cut', status: null });
    await expect.poll(opened).toEqual([]);
  });
});
