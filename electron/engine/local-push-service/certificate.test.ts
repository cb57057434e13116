import { createPublicKey, X509Certificate } from 'node:crypto';
import { createServer, connect, type TLSSocket } from 'node:tls';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { createLoopbackCertificate, type LoopbackCertificate } from './certificate.ts';
import { listen } from './transport/listen.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** What a TLS client makes of the server: `null` if it trusts it, otherwise the code of its objection. */
async function judge(certificate: LoopbackCertificate, client: { ca?: string; servername?: string }) {
  const server = createServer({ key: certificate.privateKeyPem, cert: certificate.serverCertificatePem });
  server.on('tlsClientError', () => undefined);
  await listen(server, 0, '127.0.0.1');
  closers.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  return new Promise<string | null>((resolve) => {
    const socket: TLSSocket = connect({ host: '127.0.0.1', port, ...client }, () => {
      resolve(null);
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
    closers.push(() => socket.destroy());
  });
}

describe('the certificate of the local push service', () => {
  it('is trusted for 127.0.0.1 and localhost by whoever trusts it', async () => {
    const certificate = await createLoopbackCertificate();
    const ca = certificate.certificatePem;
    expect(await judge(certificate, { ca })).toBeNull();
    expect(await judge(certificate, { ca, servername: 'localhost' })).toBeNull();
  });

  it('is good for no other name, and for nobody who was not told', async () => {
    const certificate = await createLoopbackCertificate();
    const ca = certificate.certificatePem;
    expect(await judge(certificate, { ca, servername: 'updates.push.services.mozilla.com' })).toBe(
      'ERR_TLS_CERT_ALTNAME_INVALID',
    );
    expect(await judge(certificate, {})).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    const another = await createLoopbackCertificate();
    expect(await judge(certificate, { ca: another.certificatePem })).not.toBeNull();
  });

  it('is over in a week, and the authority has signed this one certificate only', async () => {
    const now = Date.parse('2026-03-01T12:00:00Z');
    const certificate = await createLoopbackCertificate({ now: () => now });
    const server = new X509Certificate(certificate.serverCertificatePem);
    const authority = new X509Certificate(certificate.certificatePem);
    expect(server.ca).toBe(false);
    expect(server.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1');
    expect(server.checkIssued(authority)).toBe(true);
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(authority.ca).toBe(true);
    expect(server.publicKey.equals(authority.publicKey)).toBe(false);
    for (const { publicKey, validFrom, validTo } of [server, authority]) {
      expect(publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
      expect(Date.parse(validFrom)).toBe(now - 3_600_000);
      expect(Date.parse(validTo)).toBe(now + 7 * 86_400_000);
    }
    const held = createPublicKey(certificate.privateKeyPem);
    expect(held.equals(server.publicKey)).toBe(true);
  });
});
