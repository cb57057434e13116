import { expect, it, onTestFinished, vi } from 'vitest';
import type { LineEnd } from '../electron/main/remote/line-problems.ts';
import { createOpenSocket } from '../electron/main/remote/remote-socket.ts';
import { readServerAddress } from '../electron/main/remote/server-address.ts';
import { workspaceServer } from '../electron/main/remote/testing/workspace-server.ts';
import { createLoopbackCertificate } from '../electron/engine/local-push-service/certificate.ts';

it('the owner token goes to no server with an untrusted certificate, whatever the environment says', async () => {
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  const { serverCertificatePem, privateKeyPem } = await createLoopbackCertificate();
  const server = await workspaceServer({ certificate: { cert: serverCertificatePem, key: privateKeyPem } });
  const address = readServerAddress(`https://127.0.0.1:${server.port}/`);
  if ('problem' in address) throw new Error(address.problem.cause);
  const heard: (string | LineEnd)[] = [];
  const openSocket = createOpenSocket({
    authorities: () => undefined,
    findProxy: () => Promise.resolve(null),
    schedule: () => () => undefined,
  });
  const socket = openSocket(address, 'pushdesk_owner', {
    onOpen: () => heard.push('open'),
    onFrame: (text) => heard.push(text),
    onEnd: (end) => heard.push(end),
  });
  onTestFinished(() => {
    socket.close();
  });
  await expect.poll(() => heard).toMatchObject([{ problem: { code: 'line-certificate-untrusted' } }]);
  expect(server.requests).toEqual([]);
});
