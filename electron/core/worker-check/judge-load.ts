import type { Problem } from '../../contract/problem.ts';
import { assertNever } from '../assert-never.ts';
import type { PictureFinding } from '../message/picture-check.ts';
import { CONTROL_LABELS } from '../text/control-labels.ts';

/** The outcome of requesting a script: as for a picture, or it was larger than a service worker may be. */
export type LoadFinding = PictureFinding | { kind: 'too-large' };

/** Why a script could not be loaded from its address. */
export function judgeWorkerLoad(finding: LoadFinding, url: URL): Problem {
  const problem = (cause: string, cure = 'Check the address, or paste the file.'): Problem => ({
    code: 'worker-not-loaded',
    cause,
    cure,
    field: 'url',
  });
  switch (finding.kind) {
    case 'answer':
      return problem(`${url.host} answered with ${finding.status} instead of the file.`);
    case 'too-large':
      return problem('The file is over 3 MB.', 'Check that the address is that of the service worker.');
    case 'too-many-redirects':
      return problem(`${url.host} keeps redirecting.`, 'Use the file’s final address.');
    case 'not-https':
      return problem(
        'The address is, or redirects to, an http: address.',
        'Use an https: address, or paste the file.',
      );
    case 'private-address':
      return problem(
        'The address is on this computer or its network, so no request was sent.',
        `Paste the file, or turn on “${CONTROL_LABELS.allowPrivateEndpoints}” in Settings.`,
      );
    case 'too-slow':
      return problem(`${url.host} took too long to answer.`, 'Try again, or paste the file.');
    case 'tls':
      return problem(
        `The certificate of ${url.host} is not trusted.`,
        'Renew the certificate, or paste the file.',
      );
    case 'unreachable':
      return problem(`${url.host} cannot be reached.`);
    case 'offline':
      return problem(
        'This computer is offline, or its proxy does not answer.',
        'Check the connection, or paste the file.',
      );
    case 'too-often':
      return problem('Too many files were loaded in the last minute.', 'Wait a minute, or paste the file.');
    default:
      return assertNever(finding);
  }
}
