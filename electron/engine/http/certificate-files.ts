import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { isIP } from 'node:net';
import type { Problem } from '../../contract/problem.ts';

/** The person's own certificate. */
export interface CertificateFiles {
  /** PEM, the full chain. */
  readonly cert: string;
  /** PEM. */
  readonly key: string;
  /** Changes when one of the files does. */
  readonly version: string;
  /** What could be better. */
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
  if (!isPair) {
    return failed(
      'other-key',
      'The private key does not belong to the certificate.',
      'Give two files that were made together.',
    );
  }
  const version = (await versionOf(certFile, keyFile)) ?? '';
  return {
    kind: 'read',
    files: { cert, key, version, warnings: warningsOf(certificate, mode, keyFile, hostname) },
  };
}

function warningsOf(
  certificate: X509Certificate,
  mode: number,
  keyFile: string,
  hostname: string | null,
): Problem[] {
  const warnings: Problem[] = [];
  if (process.platform !== 'win32' && (mode & 0o027) !== 0) {
    warnings.push({
      code: 'key-file-open',
      cause: `Other accounts on this machine can read or change the key file ${keyFile}.`,
      cure: `Run chmod 600 ${keyFile}.`,
    });
  }
  if (hostname !== null && !isFor(certificate, hostname.replace(/^\[|\]$/g, ''))) {
    warnings.push({
      code: 'certificate-other-name',
      cause: `The certificate is not for ${hostname}, so browsers refuse it.`,
      cure: `Get one for ${hostname}.`,
    });
  }
  return warnings;
}

const isFor = (certificate: X509Certificate, name: string) =>
  (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
