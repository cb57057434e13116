import { CONTROL_LABELS } from '../text/control-labels.ts';
import type { PictureField } from '../../contract/pictures.ts';
import type { Problem } from '../../contract/problem.ts';
import { assertNever } from '../assert-never.ts';
import { visibleText } from '../text/visible-text.ts';

/** Above this a picture is slow on a phone, and browsers may leave it out. */
export const LARGE_PICTURE_BYTES = 1_000_000;

/** The outcome of asking for a picture. */
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
  | { kind: 'offline' }
  /** So many addresses were requested in the last minute that this one was not. */
  | { kind: 'too-often' };

/** In characters. */
const MAX_TYPE = 80;

const NAMES: Record<PictureField, string> = { iconUrl: 'icon', badgeUrl: 'badge', imageUrl: 'image' };

const CHECK_ADDRESS = 'Check the address. The message can still be sent without the picture.';

/** What the person should know about a picture before the send; `null`: nothing, it can be loaded. Never prevents sending. */
export function judgePicture(field: PictureField, url: URL, finding: PictureFinding): Problem | null {
  const name = NAMES[field];
  const warn = (code: string, cause: string, cure: string): Problem => ({ code, cause, cure, field });
  switch (finding.kind) {
    case 'answer':
      return judgeAnswer(name, url, finding, warn);
    case 'too-many-redirects':
      return warn(
        'picture-redirects',
        `The ${name} cannot be loaded: ${url.host} keeps redirecting.`,
        'Use the picture’s final address.',
      );
    case 'not-https':
      return warn(
        'picture-not-https',
        `The ${name} is at, or redirects to, an http: address. Browsers do not load it on an https site.`,
        'Use an https: address.',
      );
    case 'private-address':
      return warn(
        'picture-private-address',
        `The ${name} is at an address on this computer or its network, which other people’s browsers cannot reach. It was not checked.`,
        `Use an address on your site. If this is intended, turn on “${CONTROL_LABELS.allowPrivateEndpoints}” in Settings.`,
      );
    case 'too-slow':
      return warn(
        'picture-too-slow',
        `The ${name} did not load within 5 seconds: ${url.host} is slow or does not answer.`,
        'Browsers do not wait long either. Check the site, or use a smaller picture.',
      );
    case 'tls':
      return warn(
        'picture-tls',
        `The ${name} cannot be loaded: the certificate of ${url.host} was not accepted.`,
        'Renew the site’s certificate, or use another address.',
      );
    case 'unreachable':
      return warn(
        'picture-unreachable',
        `The ${name} cannot be loaded: ${url.host} cannot be reached.`,
        CHECK_ADDRESS,
      );
    case 'offline':
      return null;
    case 'too-often':
      return warn(
        'picture-too-often',
        `The ${name} was not checked: too many pictures were checked in the last minute.`,
        'Wait a minute, then change the address or open the message again.',
      );
    default:
      return assertNever(finding);
  }
}

/** The type that a site gives is any text the site likes. */
function typeOf(contentType: string | null): string {
  return contentType === null ? 'no content type' : visibleText(contentType.slice(0, MAX_TYPE));
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
      `The ${name} cannot be loaded: ${url.host} answered ${status}.`,
      CHECK_ADDRESS,
    );
  if (contentType === null || !/^image\//i.test(contentType))
    return warn(
      'picture-not-an-image',
      `The address of the ${name} is not a picture: ${url.host} sent ${typeOf(contentType)}.`,
      CHECK_ADDRESS,
    );
  if (bytes !== null && bytes > LARGE_PICTURE_BYTES)
    return warn(
      'picture-large',
      `The ${name} is ${(bytes / 1_000_000).toFixed(1)} MB. That is slow on a phone, and a browser may skip it.`,
      'Use a picture under 1 MB.',
    );
  return null;
}
