import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { LineEnd } from '../electron/main/remote/line-problems.ts';
import { createOpenSocket } from '../electron/main/remote/remote-socket.ts';
import { readServerAddress } from '../electron/main/remote/server-address.ts';
import { workspaceServer } from '../electron/main/remote/testing/workspace-server.ts';
import { createLoopbackCertificate } from '../electron/engine/local-push-service/certificate.ts';
import { createFindProxy } from '../electron/engine/net/find-proxy.ts';

const HOST = 'push.example.org';

/** A proxy that leads every name to one port of this machine, or refuses. */
async function proxyTo(port: number, status = 200) {
  const asked: string[] = [];
  const seen: Buffer[] = [];
  const server = createServer();
  server.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.on('error', () => undefined);
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const far = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      socket.on('data', (piece: Buffer) => seen.push(piece));
      far.pipe(socket).pipe(far);
    });
    far.on('error', () => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { asked, seen, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** A line whose way out the system names as a proxy script does. */
async function lineBy(systemSays: (port: number) => Promise<string>) {
  const { certificatePem, serverCertificatePem, privateKeyPem } = await createLoopbackCertificate(undefined, [
    HOST,
  ]);
  const server = await workspaceServer({ certificate: { cert: serverCertificatePem, key: privateKeyPem } });
  const answer = await systemSays(server.port);
  const to = readServerAddress(`https://${HOST}:8443/push`);
  if ('problem' in to) throw new Error(to.problem.cause);
  const heard: (string | LineEnd)[] = [];
  const openSocket = createOpenSocket({
    authorities: () => [certificatePem],
    findProxy: createFindProxy({
      env: {},
      ask: () => Promise.resolve(answer),
      clock: { now: () => 0 },
      log: { warn: () => undefined },
    }),
    schedule: () => () => undefined,
  });
  const socket = openSocket(to, 'pushdesk_owner', {
    onOpen: ({ version }) => heard.push(`open ${version}`),
    onFrame: (text) => heard.push(text),
    onEnd: (end) => heard.push(end),
  });
  onTestFinished(() => {
    socket.close();
  });
  return { heard, server };
}

it('a line goes through the proxy of the system, encrypted from end to end, to the name of the server', async () => {
  const made: Awaited<ReturnType<typeof proxyTo>>[] = [];
  const { heard, server } = await lineBy(async (port) => {
    const proxy = await proxyTo(port);
    made.push(proxy);
    return `PROXY ${proxy.address}`;
  });
  await expect.poll(() => heard).toEqual(['open 0.1.0']);
  expect(made[0]?.asked).toEqual([`${HOST}:8443`]);
  expect(server.requests[0]?.headers.authorization).toBe('Bearer pushdesk_owner');
  expect(made[0]?.seen.length).toBeGreaterThan(0);
  expect(Buffer.concat(made[0]?.seen ?? []).includes('pushdesk_owner')).toBe(false);
});

it.each([
  ['wants a password', 407, 'user:password'],
  ['refuses', 403, 'NO_PROXY'],
])('a proxy that %s is blamed, and not the server', async (_name, status, cure) => {
  const { heard, server } = await lineBy(async (port) => `PROXY ${(await proxyTo(port, status)).address}`);
  await expect.poll(() => heard).toHaveLength(1);
  const [end] = heard as LineEnd[];
  expect(end).toMatchObject({ next: 'retry', problem: { code: 'line-proxy' } });
  expect(end?.problem.cause).toContain(`status ${status}`);
  expect(end?.problem.cure).toContain(cure);
  expect(server.requests).toEqual([]);
});

it('a proxy of a kind that is not spoken here is named', async () => {
  const { heard } = await lineBy(() => Promise.resolve('SOCKS5 127.0.0.1:1080'));
  await expect.poll(() => heard).toMatchObject([{ problem: { code: 'line-proxy' } }]);
  expect((heard[0] as LineEnd).problem.cause.toLowerCase()).toContain('socks');
});
