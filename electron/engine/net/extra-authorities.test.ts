import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { rootCertificates } from 'node:tls';
import { expect, it } from 'vitest';
import { createLoopbackCertificate } from '../local-push-service/certificate.ts';
import { capturedLog } from '../testing/captured-log.ts';
import { tempFolder } from '../testing/temp-folder.ts';
import { readExtraAuthorities } from './extra-authorities.ts';

function fileOf(text: string): string {
  const file = path.join(tempFolder(), 'authorities.pem');
  writeFileSync(file, text);
  return file;
}

it('adds what the file holds to what the system trusts', async () => {
  const { certificatePem } = await createLoopbackCertificate();
  const pem = readExtraAuthorities(fileOf(`a comment\n${certificatePem}`), capturedLog().log);
  expect(pem).toContain(certificatePem.trim());
  expect(pem).toContain(rootCertificates[0]);
});

it.each([undefined, '', ' '])('is off for %j', (file) => {
  expect(readExtraAuthorities(file, capturedLog().log)).toBeNull();
});

it.each([
  ['no certificate', () => fileOf('nothing')],
  ['a broken one', () => fileOf('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')],
  ['no file', () => '/nowhere/at-all.pem'],
])('says that it cannot use %s, and goes without', (_what, file) => {
  const captured = capturedLog();
  expect(readExtraAuthorities(file(), captured.log)).toBeNull();
  expect(captured.text()).toContain('PUSHDESK_EXTRA_CA_CERTS');
});
