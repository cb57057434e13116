import type { Problem } from '../../contract/problem.ts';
import { assertNever } from '../assert-never.ts';
import { CONTROL_LABELS } from '../text/control-labels.ts';
import type { PictureFinding } from './picture-check.ts';

/** The outcome of requesting a page: as for a picture, or it was not a page, too large, or said nothing about itself. */
export type PageFinding =
  | PictureFinding
  | { kind: 'too-large' }
  | { kind: 'no-page' }
  | { kind: 'says-nothing' };

/** Why a page could not be read. */
export function judgePage(finding: PageFinding, url: URL): Problem {
  const problem = (cause: string, cure = 'Check the address, or write the message yourself.'): Problem => ({
    code: 'page-not-read',
    cause,
    cure,
    field: 'url',
  });
  switch (finding.kind) {
    case 'answer':
      return problem(`${url.host} answered with ${finding.status} instead of the page.`);
    case 'no-page':
      return problem('There is no web page at this address.');
    case 'says-nothing':
      return problem('The page has no title, description or picture.', 'Write the message yourself.');
    case 'too-large':
      return problem('The page is over 5 MB.');
    case 'too-many-redirects':
      return problem(`${url.host} keeps redirecting.`, 'Use the page’s final address.');
    case 'not-https':
      return problem('The address is, or redirects to, an http: address.', 'Use an https: address.');
    case 'private-address':
      return problem(
        'The address is on this computer or its network, so no request was sent.',
        `Use a public address, or turn on “${CONTROL_LABELS.allowPrivateEndpoints}” in Settings.`,
      );
    case 'too-slow':
      return problem(`${url.host} took too long to answer.`, 'Try again.');
    case 'tls':
      return problem(`The certificate of ${url.host} is not trusted.`, 'Renew the certificate.');
    case 'unreachable':
      return problem(`${url.host} cannot be reached.`);
    case 'offline':
      return problem(
        'This computer is offline, or its proxy does not answer.',
        'Check the connection, then try again.',
      );
    case 'too-often':
      return problem('Too many pages were read in the last minute.', 'Wait a minute, then try again.');
    default:
      return assertNever(finding);
  }
}
