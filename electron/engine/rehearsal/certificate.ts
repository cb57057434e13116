import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { randomBytes, webcrypto } from 'node:crypto';
import { systemClock, type Clock } from '../clock.ts';

/** A certificate for `localhost` and 127.0.0.1 with its private key, both PEM. */
export interface LoopbackCertificate {
  /** What a client must trust: `NODE_EXTRA_CA_CERTS`, or the `ca` of a TLS client. */
  readonly certificatePem: string;
  /** PKCS#8. Stays in memory. */
  readonly privateKeyPem: string;
  /** Milliseconds since 1970. */
  readonly validUntil: number;
}

const HOUR = 3_600_000;
const VALID_FOR = 7 * 24 * HOUR;
const ECDSA_P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/**
 * Makes a fresh self-signed certificate, valid for 7 days, for a service of this machine (RFC 5280).
 *
 * It is no authority: whoever trusts its file trusts this one key for these two names and nothing else.
 * The clock must be the machine's own, because the TLS stack of the client judges by that one.
 */
export async function createLoopbackCertificate(clock: Clock = systemClock): Promise<LoopbackCertificate> {
  const keys = await webcrypto.subtle.generateKey(ECDSA_P256, true, ['sign', 'verify']);
  const validUntil = clock.now() + VALID_FOR;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: 'CN=Pushdesk rehearsal push service',
    // An hour back, so that a clock that steps during start-up does not refuse it.
    notBefore: new Date(clock.now() - HOUR),
    notAfter: new Date(validUntil),
    keys,
    signingAlgorithm: ECDSA_P256,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
    ],
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificatePem: `${certificate.toString('pem').trim()}\n`,
    privateKeyPem: pem('PRIVATE KEY', Buffer.from(pkcs8)),
    validUntil,
  };
}

/** Positive and unique, as RFC 5280 §4.1.2.2 wants it: two services of one test must not look like one issuer's repeat. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes.toString('hex');
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
