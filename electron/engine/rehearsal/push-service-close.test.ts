import { once } from 'node:events';
import { connect } from 'node:http2';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createPushService } from './push-service.ts';
import { sendOverSession } from './test-support/raw-client.ts';
import { createTestSender } from './test-support/sender.ts';

const sender = createTestSender();

/** Alone in its file: what other tests have just closed would blur the count. */
describe('the push service, once closed,', () => {
  it('leaves no socket and no server behind, and no answer waiting', async () => {
    // What Vitest itself holds open comes and goes: only the kinds that the service opens are compared.
    const open = () =>
      process.getActiveResourcesInfo().filter((kind) => /^(TCP|TLS|HTTP|Pipe).*(Wrap|Server)$/i.test(kind))
        .length;
    const before = open();
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
    expect(open()).toBeGreaterThanOrEqual(before + 4);
    await service.close();
    expect(await late).toEqual({ kind: 'cut', status: null });
    await expect.poll(open, { timeout: 5000 }).toBe(before);
  });
});
