import { once } from 'node:events';
import { connect } from 'node:http2';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createPushService } from './push-service.ts';
import { sendOverSession } from './testing/raw-client.ts';
import { createTestSender } from './testing/sender.ts';

const sender = createTestSender();

/** Sockets and servers that keep this process alive. Node has names of them for everybody, and the things themselves only so. */
const handles = () => (process as unknown as { _getActiveHandles(): object[] })._getActiveHandles();

describe('the push service, once closed,', () => {
  it('leaves no socket and no server behind, and no answer waiting', async () => {
    // What others hold open may go meanwhile: only what has come since counts.
    const before = new Set(handles());
    const opened = () =>
      handles()
        .filter((handle) => !before.has(handle))
        .map((handle) => handle.constructor.name);
    const service = await createPushService();
    // Waits for hours when nobody calls it off.
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
