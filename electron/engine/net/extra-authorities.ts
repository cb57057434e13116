import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';
import type { Log } from '../base/log.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * What TLS connections trust if the person names authorities in addition to the system's: PEM of all of them, or `null` for the system's
 * alone. Pushdesk has its own variable, because an installed app does not read Node's. A file without any certificate is reported in the
 * log and ignored.
 *
 * @param file the value of `PUSHDESK_EXTRA_CA_CERTS`: path of a file of certificates in PEM form
 */
export function readExtraAuthorities(file: string | undefined, log: Log): string | null {
  if (file === undefined || file.trim() === '') return null;
  try {
    const found = readFileSync(file.trim(), 'utf8').match(CERTIFICATE) ?? [];
    if (found.length === 0) throw new Error('it holds no certificate');
    for (const pem of found) new X509Certificate(pem);
    return [...rootCertificates, ...found].join('\n');
  } catch (error) {
    log.error(
      { error: String(error) },
      'PUSHDESK_EXTRA_CA_CERTS names a file that cannot be used; it was ignored',
    );
    return null;
  }
}
