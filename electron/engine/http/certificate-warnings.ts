import type { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Problem } from '../../contract/problem.ts';

/** From when to when a certificate is good. */
export interface Validity {
  readonly from: number;
  readonly to: number;
}

/** What could be better about a certificate and its key file. */
export function certificateWarnings({
  certificate,
  mode,
  keyFile,
  hostname,
}: {
  certificate: X509Certificate;
  mode: number;
  keyFile: string;
  hostname: string | null;
}): Problem[] {
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

/** That it is not good at this time; `null`: it is. */
export function validityProblem({ from, to }: Validity, now: number): Problem | null {
  if (now > to) {
    return {
      code: 'certificate-expired',
      cause: `The certificate expired on ${dayOf(to)}, so browsers refuse it.`,
      cure: 'Renew it and put the new files in their place: they are taken over within a minute.',
    };
  }
  if (now < from) {
    return {
      code: 'certificate-not-yet-valid',
      cause: `The certificate is not valid before ${dayOf(from)}, so browsers refuse it.`,
      cure: 'Check the clock of this computer, and the dates of the certificate.',
    };
  }
  return null;
}

const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);

const isFor = (certificate: X509Certificate, name: string) =>
  (isIP(name) === 0 ? certificate.checkHost(name) : certificate.checkIP(name)) !== undefined;
