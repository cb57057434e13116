import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { randomBytes } from 'node:crypto';
import { systemClock, type Clock } from '../base/clock.ts';

/** A certificate for `localhost` and 127.0.0.1 with its private key; all PEM. */
export interface LoopbackCertificate {
  /** What a client must trust: `NODE_EXTRA_CA_CERTS`, or the `ca` of a TLS client. */
  readonly certificatePem: string;
  /** The chain that the server presents. */
  readonly serverCertificatePem: string;
  /** PKCS#8. Stays in memory. */
  readonly privateKeyPem: string;
}

const HOUR = 3_600_000;
const VALID_FOR = 7 * 24 * HOUR;
const ECDSA_P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const AUTHORITY = 'CN=Pushdesk rehearsal (this machine only)';

/**
 * Makes a fresh certificate, valid for 7 days, for a service of this machine (RFC 5280).
 *
 * There is an authority and a certificate signed by it, because Electron's TLS (BoringSSL) does not accept a self-signed one that is not an
 * authority. The authority's key is gone when this returns: trusting its file means trusting this one certificate and nothing that could
 * come later.
 * @param moreNames host names that lead here, such as one that only a proxy knows
 * The clock must be the machine's own, because the client's TLS stack judges by that one.
 */
export async function createLoopbackCertificate(
  clock: Clock = systemClock,
  moreNames: readonly string[] = [],
): Promise<LoopbackCertificate> {
  const authorityKeys = await generateKeys();
  const serverKeys = await generateKeys();
  // An hour back, so that a clock that is adjusted during start-up does not reject it.
  const validity = { notBefore: new Date(clock.now() - HOUR), notAfter: new Date(clock.now() + VALID_FOR) };
  const authority = await X509CertificateGenerator.createSelfSigned({
    ...validity,
    serialNumber: serialNumber(),
    name: AUTHORITY,
    keys: authorityKeys,
    signingAlgorithm: ECDSA_P256,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true),
      await SubjectKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const server = await X509CertificateGenerator.create({
    ...validity,
    serialNumber: serialNumber(),
    subject: 'CN=localhost',
    issuer: AUTHORITY,
    publicKey: serverKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: ECDSA_P256,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        ...moreNames.map((value) => ({ type: 'dns' as const, value })),
        { type: 'ip', value: '127.0.0.1' },
      ]),
      await AuthorityKeyIdentifierExtension.create(authorityKeys.publicKey),
    ],
  });
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', serverKeys.privateKey);
  return {
    certificatePem: `${authority.toString('pem').trim()}\n`,
    serverCertificatePem: `${server.toString('pem').trim()}\n`,
    privateKeyPem: pem('PRIVATE KEY', Buffer.from(pkcs8)),
  };
}

function generateKeys() {
  return crypto.subtle.generateKey(ECDSA_P256, true, ['sign', 'verify']);
}

/** Positive and unique, as RFC 5280 §4.1.2.2 requires: two services in one test must not look like a repeat by one issuer. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
