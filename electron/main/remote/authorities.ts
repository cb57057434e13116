import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Whom the lines to servers trust: those of Node, those of the system where this Node can read them, and those that the person names.
 *
 * @param file the value of `PUSHDESK_EXTRA_CA_CERTS`: path of a file of certificates in PEM form
 * @param say takes a line for the terminal
 * @returns `undefined`: Node's own alone
 */
export function readAuthorities(file: string | undefined, say: (line: string) => void): string[] | undefined {
  const more = [...certificatesOf('system'), ...named(file, say)];
  if (more.length === 0) return undefined;
  const own = certificatesOf('default');
  return [...(own.length > 0 ? own : tls.rootCertificates), ...more];
}

/** Older versions of Node, as in older Electrons, cannot say. */
function certificatesOf(kind: 'default' | 'system'): string[] {
  const read: unknown = Reflect.get(tls, 'getCACertificates');
  if (typeof read !== 'function') return [];
  try {
    return tls.getCACertificates(kind);
  } catch {
    return [];
  }
}

function named(file: string | undefined, say: (line: string) => void): string[] {
  if (file === undefined || file.trim() === '') return [];
  try {
    const found = readFileSync(file.trim(), 'utf8').match(CERTIFICATE) ?? [];
    for (const pem of found) new X509Certificate(pem);
    return found;
  } catch (error) {
    say(`PUSHDESK_EXTRA_CA_CERTS could not be used for remote workspaces: ${String(error)}`);
    return [];
  }
}
