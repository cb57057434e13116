import type { PictureField } from '../contract/picture-check.ts';
import type { Problem } from '../contract/problem.ts';
import { assertNever } from './assert-never.ts';

/** From here on a picture is slow on a phone, and browsers may leave it out. */
export const LARGE_PICTURE_BYTES = 1_000_000;

/** What came of asking for a picture. */
export type PictureFinding =
  /** `bytes`: of the whole picture; `null` where the site does not say. */
  | { kind: 'answer'; status: number; contentType: string | null; bytes: number | null }
  | { kind: 'too-many-redirects' }
  /** It is, or leads to, an http address. */
  | { kind: 'not-https' }
  | { kind: 'private-address' }
  | { kind: 'too-slow' }
  | { kind: 'tls' }
  | { kind: 'unreachable' }
  /** This machine has no connection, so nothing is known of the picture. */
  | { kind: 'offline' };

const NAMES: Record<PictureField, string> = { iconUrl: 'icon', badgeUrl: 'badge', imageUrl: 'image' };

const CHECK_ADDRESS = 'Check the address. Without the picture the message still goes out.';

/** What the person should know of a picture before the send; `null`: nothing, it can be loaded. Never keeps anything from being sent. */
export function judgePicture(field: PictureField, url: URL, finding: PictureFinding): Problem | null {
  const name = NAMES[field];
  const warn = (code: string, cause: string, cure: string): Problem => ({ code, cause, cure, field });
  switch (finding.kind) {
    case 'answer':
      return judgeAnswer(name, url, finding, warn);
    case 'too-many-redirects':
      return warn(
        'picture-redirects',
        `The ${name} cannot be loaded: ${url.host} sends from one address to the next without end.`,
        'Use the address at which the picture really is.',
      );
    case 'not-https':
      return warn(
        'picture-not-https',
        `The ${name} is or leads to an http: address. Browsers do not load it on a site with https.`,
        'Use an https: address.',
      );
    case 'private-address':
      return warn(
        'picture-private-address',
        `The ${name} is at an address inside this machine or its network, which other people's browsers cannot reach. It was not asked for.`,
        'Use an address on your site. If that is what you want, allow private addresses in Settings.',
      );
    case 'too-slow':
      return warn(
        'picture-too-slow',
        `The ${name} did not come within 5 seconds: ${url.host} is slow or does not answer.`,
        'Browsers do not wait for long either. Check the site, or use a smaller picture.',
      );
    case 'tls':
      return warn(
        'picture-tls',
        `The ${name} cannot be loaded: the certificate of ${url.host} is not accepted.`,
        'Renew the certificate of the site, or use another address.',
      );
    case 'unreachable':
      return warn(
        'picture-unreachable',
        `The ${name} cannot be loaded: ${url.host} cannot be reached.`,
        CHECK_ADDRESS,
      );
    case 'offline':
      return null;
    default:
      return assertNever(finding);
  }
}

function judgeAnswer(
  name: string,
  url: URL,
  { status, contentType, bytes }: Extract<PictureFinding, { kind: 'answer' }>,
  warn: (code: string, cause: string, cure: string) => Problem,
): Problem | null {
  if (status < 200 || status > 299)
    return warn(
      'picture-not-found',
      `The ${name} cannot be loaded: ${url.host} answers ${status}.`,
      CHECK_ADDRESS,
    );
  if (contentType === null || !/^image\//i.test(contentType))
    return warn(
      'picture-not-an-image',
      `What is at the address of the ${name} is no picture: ${url.host} calls it ${contentType ?? 'nothing'}.`,
      CHECK_ADDRESS,
    );
  if (bytes !== null && bytes > LARGE_PICTURE_BYTES)
    return warn(
      'picture-large',
      `The ${name} has ${(bytes / 1_000_000).toFixed(1)} MB. That is slow on a phone, and a browser may leave it out.`,
      'Use a picture of less than 1 MB.',
    );
  return null;
}
