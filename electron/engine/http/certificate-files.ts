import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import type { Problem } from '../../contract/problem.ts';
import { certificateWarnings, type Validity } from './certificate-warnings.ts';

/** The person's own certificate. */
export interface CertificateFiles {
  /** PEM, the full chain. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  /** Changes when one of the files does. */
  readonly version: string;
  readonly validity: Validity;
  /** What could be better, whatever the time. */
  readonly warnings: readonly Problem[];
}

export type CertificateRead =
  | { kind: 'read'; files: CertificateFiles }
  | { kind: 'failed'; problem: Problem };

const failed = (code: string, cause: string, cure: string): CertificateRead => ({
  kind: 'failed',
  problem: { code, cause, cure },
});

const reasonOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'not readable';

/** Shows whether the files were renewed, without reading them; symbolic links are followed. `null`: one does not exist. */
export async function versionOf(certFile: string, keyFile: string): Promise<string | null> {
  try {
    const all = await Promise.all([stat(certFile), stat(keyFile)]);
    return all.map(({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`).join(' ');
  } catch {
    return null;
  }
}

/** @param hostname the one that browsers will ask for; `null`: not known yet */
export async function readCertificateFiles(
  certFile: string,
  keyFile: string,
  hostname: string | null,
): Promise<CertificateRead> {
  let cert: string;
  let key: string;
  let mode: number;
  try {
    cert = await readFile(certFile, 'utf8');
  } catch (error) {
    return failed(
      'certificate-unreadable',
      `The certificate file ${certFile} cannot be read (${reasonOf(error)}).`,
      'Check the path, and that the account Pushdesk runs as may read it.',
    );
  }
  try {
    key = await readFile(keyFile, 'utf8');
    ({ mode } = await stat(keyFile));
  } catch (error) {
    return failed(
      'key-file-unreadable',
      `The key file ${keyFile} cannot be read (${reasonOf(error)}).`,
      'Check the path, and that the account Pushdesk runs as may read it.',
    );
  }
  let certificate: X509Certificate;
  let isPair: boolean;
  try {
    certificate = new X509Certificate(cert);
  } catch {
    return failed(
      'not-a-certificate',
      `${certFile} does not hold a certificate in PEM form.`,
      'Give the file that begins with BEGIN CERTIFICATE, such as fullchain.pem.',
    );
  }
  try {
    isPair = certificate.checkPrivateKey(createPrivateKey(key));
  } catch {
    return failed(
      'not-a-key',
      `${keyFile} does not hold a private key in PEM form, or it has a password.`,
      'Give the file that begins with BEGIN PRIVATE KEY, such as privkey.pem, without a password.',
    );
  }
  if (!isPair && hasLaterOne(cert, key)) {
    return failed(
      'certificate-order',
      `${certFile} begins with the certificate of an authority.`,
      'Put your own certificate first, and those of the authorities after it.',
    );
  }
  if (!isPair) {
    return failed(
      'other-key',
      'The private key does not belong to the certificate.',
      'Give two files that were made together.',
    );
  }
  // Judged as TLS will: it reads the whole chain, and refuses keys that are too weak.
  const refusal = refusalOfTls(cert, key);
  if (refusal !== null) {
    return failed(
      'certificate-refused',
      `The certificate ${certFile} cannot be used: ${refusal}.`,
      'Give the full chain as your authority issued it (fullchain.pem), made for an RSA key of 2048 bits or more, or for P-256.',
    );
  }
  const version = (await versionOf(certFile, keyFile)) ?? '';
  const validity = { from: Date.parse(certificate.validFrom), to: Date.parse(certificate.validTo) };
  const warnings = certificateWarnings({ certificate, mode, keyFile, hostname });
  return { kind: 'read', files: { cert, key, version, validity, warnings } };
}

const EACH_CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g;

/** Whether the certificate of the key comes further down. */
function hasLaterOne(chain: string, key: string): boolean {
  const privateKey = createPrivateKey(key);
  return (chain.match(EACH_CERTIFICATE) ?? []).slice(1).some((one) => {
    try {
      return new X509Certificate(one).checkPrivateKey(privateKey);
    } catch {
      return false;
    }
  });
}

function refusalOfTls(cert: string, key: string): string | null {
  try {
    createSecureContext({ cert, key });
    return null;
  } catch (error) {
    if (error instanceof Error && 'reason' in error && typeof error.reason === 'string') return error.reason;
    return reasonOf(error);
  }
}
