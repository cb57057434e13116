import type { Problem } from '../../contract/problem.ts';
import { MAY_GO_ON } from './wrapped-values.ts';

const COPY_FROM_SOURCE =
  'Copy it from a place that shows all of it: in the console, copy(JSON.stringify(subscription)); in a database, export to a file.';
const SUBSCRIBE_AGAIN = 'Leave it out. The person has to subscribe again.';
const WIDEN_COLUMN = 'Widen the database column; the person has to subscribe again.';

/** Sizes of text columns that cut longer values: MySQL's index limit, the `varchar` that many tools create, and smaller ones. */
const COLUMN_SIZES = new Set([100, 128, 150, 191, 255, 500, 512]);
const SHORTENED = /…|\.{3}|\[truncated\]|<truncated>|\[\d+ chars?\]/i;

const problem = (field: string, code: string, cause: string, cure: string): Problem => ({
  code,
  cause,
  cure,
  field,
});

/** The regular expression would look at each character of each row. */
const isShortened = (text: string): boolean =>
  (text.includes('...') || text.includes('…') || text.includes('[') || text.includes('<')) &&
  SHORTENED.test(text);

/** What tools print in place of a secret: `[FILTERED]`, `***REDACTED***`, `********`, `••••`. */
const MASKED =
  /\*{3,}|[•●█■]{2,}|[[<({*](?:filtered|redacted|masked|hidden|removed|secret|private|sensitive)[\])}>*]|^(?:filtered|redacted|masked)$/i;
const NOT_IN_A_SHEET = 'Export it again, and import the file without opening it in a spreadsheet.';
const NOT_MASKED = 'Export it again from where it is stored, with a tool that leaves secrets as they are.';

/** What HTML writes for signs; at the end of an endpoint, without its semicolon. */
const ENTITY = /&(?:amp|quot|apos|lt|gt|nbsp|shy|zwnj|#x?[\da-f]{1,5})(?:;|$)/i;
/** Links that programs put in place of others to check them when they are followed. */
const GUARDED =
  /^https:\/\/(?:[\w-]+\.safelinks\.protection\.|urldefense\.(?:com|us|proofpoint\.com)\/|(?:www\.)?google\.[a-z.]{2,6}\/url\?|slack-redir\.net\/|(?:[\w-]+\.)?(?:mimecastprotect|linkprotect\.cudasvc|protect(?:-\w+)?\.mimecast)\.com\/|t\.co\/)/i;

const LONGEST_START = 100;
/** What every endpoint of a service begins with. */
const START_ALONE =
  /^https:\/\/(?:(?:fcm|android|gcm-http)\.googleapis\.com\/(?:(?:fcm\/send|fcm|wp|gcm\/send|gcm)\/?)?|[\w.-]{1,60}\.push\.apple\.com\/|[\w.-]{1,60}\.push\.services\.mozilla\.com\/(?:wpush(?:\/(?:v\d\/?)?)?)?|[\w.-]{1,60}\.notify\.windows\.com\/(?:w(?:\/(?:\?(?:token)?=?)?)?)?)$/i;

/** Whether of an endpoint only that is here which all of its service begin with. */
export const isStartAlone = (endpoint: string): boolean =>
  endpoint.length <= LONGEST_START && START_ALONE.test(endpoint);

/** Where no service has one: before something else than the end, but for that of a query, and anywhere at FCM and Apple. */
const STRAY_EQUALS =
  /^https:\/\/(?:(?:fcm|android|gcm-http)\.googleapis\.com|[\w.-]{1,60}\.push\.apple\.com)\/[^?]*=|^https:\/\/[\w.-]{1,60}\.(?:notify\.windows\.com\/[^=]*=|push\.services\.mozilla\.com\/)[^=]*=+[^=]/i;

/** Whether there is an equals sign in an endpoint that is none of it: mail has left it where the line was broken. */
export const hasStrayEquals = (endpoint: string): boolean => STRAY_EQUALS.test(endpoint);

/** Whether an endpoint was shortened on screen, or visibly cut by a column. */
export function spoiledEndpoint(endpoint: string): Problem | null {
  if (isShortened(endpoint)) {
    return problem(
      'endpoint',
      'endpoint-shortened',
      'The endpoint was shortened on screen: characters are missing where the dots are.',
      COPY_FROM_SOURCE,
    );
  }
  // The regular expression would look at each character of each row.
  if (/[*•●█■[<({]/.test(endpoint) && MASKED.test(endpoint)) {
    return problem(
      'endpoint',
      'endpoint-masked',
      'A part of the endpoint was hidden by the tool that wrote this.',
      NOT_MASKED,
    );
  }
  if (endpoint.includes('http', 8) && /[|,]https?:/.test(endpoint)) {
    return problem(
      'endpoint',
      'endpoint-malformed',
      'There are two addresses in place of one endpoint.',
      COPY_FROM_SOURCE,
    );
  }
  const entity = endpoint.includes('&') ? ENTITY.exec(endpoint)?.[0] : undefined;
  if (entity !== undefined) {
    return problem(
      'endpoint',
      'endpoint-malformed',
      `The endpoint has “${entity}” in it, which is HTML: it was changed on its way here.`,
      COPY_FROM_SOURCE,
    );
  }
  if (endpoint.includes('=') && hasStrayEquals(endpoint)) return MAY_GO_ON;
  if (isStartAlone(endpoint)) {
    const cause = 'The endpoint ends where what is different for each browser begins.';
    return problem('endpoint', MAY_GO_ON.code, cause, MAY_GO_ON.cure);
  }
  if (endpoint.includes('%%')) {
    return problem(
      'endpoint',
      'endpoint-malformed',
      'The endpoint has “%%” in it, which no endpoint has: it was changed on its way here.',
      COPY_FROM_SOURCE,
    );
  }
  if (GUARDED.test(endpoint)) {
    return problem(
      'endpoint',
      'endpoint-guarded',
      'A mail program or a chat replaced the endpoint with a link of its own.',
      'Copy it from where it was before it was sent, and send it as a file or as code.',
    );
  }
  if (/%[0-9a-f]?$/i.test(endpoint)) {
    return problem(
      'endpoint',
      'endpoint-cut',
      `The endpoint is cut off after ${endpoint.length} characters, in the middle of an escaped one.`,
      WIDEN_COLUMN,
    );
  }
  return null;
}

/** Endpoints at which no browser can be reached any longer. */
export function deadEndpoint({ hostname, pathname }: URL): Problem | null {
  if (hostname === 'permanently-removed.invalid') {
    return problem(
      'endpoint',
      'endpoint-removed',
      'Chrome has removed this subscription for good and put permanently-removed.invalid in its place.',
      SUBSCRIBE_AGAIN,
    );
  }
  const isGcm =
    (hostname === 'android.googleapis.com' && pathname.startsWith('/gcm/')) ||
    hostname === 'gcm-http.googleapis.com';
  return isGcm
    ? problem(
        'endpoint',
        'endpoint-gcm',
        'This endpoint belongs to GCM, the old Google service that was switched off in 2019.',
        SUBSCRIBE_AGAIN,
      )
    : null;
}

const FCM_TOKEN = 'APA91b';
/** The tokens of FCM have 138 to 140 characters from there. */
const SHORTEST_TOKEN = 138;

/**
 * A remark on an endpoint exactly as long as columns often are, which present-day endpoints seldom are, or with a token shorter than those
 * of its service.
 */
export function cutRemark(endpoint: string): string | null {
  const { length } = endpoint;
  const token = endpoint.indexOf(FCM_TOKEN);
  if (token !== -1 && length - token < SHORTEST_TOKEN && endpoint.startsWith('https://fcm.googleapis.com/')) {
    return `The endpoint may be cut off: the token in it has ${length - token} characters from “${FCM_TOKEN}”, and tokens of FCM have ${SHORTEST_TOKEN} or more.`;
  }
  if (!COLUMN_SIZES.has(length)) return null;
  return `The endpoint has exactly ${length} characters, a usual size of a database column: it may be cut off.`;
}

/** Whether a key was shortened on screen, or is not a key but a word in place of one. */
export function spoiledKey(name: 'p256dh' | 'auth', text: string): Problem | null {
  const field = `keys.${name}`;
  if (isShortened(text)) {
    const cause = `${name} was shortened on screen: characters are missing where the dots are.`;
    return problem(field, 'key-shortened', cause, COPY_FROM_SOURCE);
  }
  if (MASKED.test(text)) {
    return problem(
      field,
      'key-masked',
      `${name} was hidden by the tool that wrote this: “${text.slice(0, 20)}”.`,
      NOT_MASKED,
    );
  }
  if (/^#(?:NAME|REF|VALUE|NUM|NULL|DIV\/0)[?!]$|^#{3,}$/.test(text)) {
    const cause = `A spreadsheet has put “${text}” in the place of ${name}.`;
    return problem(field, 'key-overwritten', cause, NOT_IN_A_SHEET);
  }
  if (
    /^<.*>$|^(?:your|my|the)?[_ -]?(?:keys?[._ -]?)?(?:p256dh|auth|key|secret|token|public[_ -]?key)(?:[_ -]?(?:key|secret|here))?$|^x{3,}$/i.test(
      text,
    )
  ) {
    const cause = `${name} holds “${text.slice(0, 40)}”, which is a placeholder, not a key.`;
    return problem(field, 'key-placeholder', cause, 'Put in the value that the browser gave.');
  }
  if (/-----BEGIN/.test(text)) {
    return problem(field, 'key-pem', `${name} is in PEM form.`, RAW_BYTES);
  }
  return null;
}

const RAW_BYTES = 'Use what subscription.toJSON() gives: the 65 bytes of the point, base64url.';
const SPKI = [0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48];

/** Describes a point in another form, or one that is cut off; `null`: it is neither. */
export function foreignPoint(bytes: Uint8Array): Problem | null {
  const { length } = bytes;
  const [first] = bytes;
  const p256dh = (code: string, cause: string, cure = RAW_BYTES) => problem('keys.p256dh', code, cause, cure);
  if (length === 33 && (first === 2 || first === 3)) {
    return p256dh(
      'p256dh-compressed',
      'p256dh is a compressed point of 33 bytes; it must be the uncompressed one of 65.',
    );
  }
  if (length === 91 && SPKI.every((byte, index) => bytes[index] === byte)) {
    return p256dh(
      'p256dh-spki',
      'p256dh is in SPKI (DER) form, 91 bytes; it must be the point alone, its last 65 bytes.',
    );
  }
  if (length === 64) {
    return p256dh(
      'p256dh-without-prefix',
      'p256dh has 64 bytes: the first one of the point, 04, is missing.',
    );
  }
  if (length === 32) {
    return p256dh('p256dh-half', 'p256dh has 32 bytes: that is a private key or half of a point.');
  }
  if (first === 4 && length < 65 && length > 16) {
    return p256dh('p256dh-cut', `p256dh is cut off: ${length} of its 65 bytes are there.`, WIDEN_COLUMN);
  }
  return null;
}
