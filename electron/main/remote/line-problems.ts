import { z } from 'zod';
import { visibleText } from '../../core/text/visible-text.ts';
import { WORKSPACE_CLOSE } from '../../contract/workspace.ts';
import type { Problem } from '../../contract/problem.ts';
import { ProxyError, type ProxyFault } from '../../engine/net/proxy-error.ts';

/** Why there is no line to a server, and what may change that. */
export interface LineEnd {
  readonly problem: Problem;
  /**
   * `retry`: it may pass; `ask`: another try is pointless before somebody has done something; `token`: the same, and what they must do is
   * give another token.
   */
  readonly next: 'retry' | 'ask' | 'token';
  /** How long the server wants to be left alone, in milliseconds. */
  readonly afterMs?: number;
}

type Words = readonly [code: string, cause: string, cure: string];
const end = (next: LineEnd['next'], [code, cause, cure]: Words): LineEnd => ({
  next,
  problem: { code, cause, cure },
});

const CERTIFICATES: Readonly<Record<string, (host: string) => Words>> = {
  CERT_HAS_EXPIRED: (host) => [
    'line-certificate-expired',
    `The TLS certificate of ${host} has expired.`,
    'Renew it on the server, and check that the clock of this computer is right.',
  ],
  CERT_NOT_YET_VALID: (host) => [
    'line-certificate-early',
    `The TLS certificate of ${host} is not valid yet.`,
    'Check that the clock of this computer is right.',
  ],
  ERR_TLS_CERT_ALTNAME_INVALID: (host) => [
    'line-certificate-name',
    `The TLS certificate is for a different name than ${host}.`,
    'Check the address. If it is right, the server needs a certificate for this name.',
  ],
  CERT_REVOKED: (host) => [
    'line-certificate-revoked',
    `The TLS certificate of ${host} has been revoked.`,
    'The server needs a new certificate.',
  ],
};
const UNTRUSTED: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'INVALID_CA',
  'CERT_CHAIN_TOO_LONG',
]);
const UNREACHABLE: ReadonlySet<string> = new Set([
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ENETDOWN',
  'EADDRNOTAVAIL',
]);

/** Where only a proxy leads out and none is known, this is what is wrong. */
const PROXY = 'If this network needs a proxy, set it in the system settings or in HTTPS_PROXY.';

const PROXY_CURES: Record<ProxyFault, string> = {
  'proxy-auth': 'Set HTTPS_PROXY to http://user:password@host:port and restart Pushdesk.',
  'proxy-refused':
    'Ask whoever runs the proxy to allow it, or name the server in NO_PROXY and restart Pushdesk.',
  'proxy-unreachable':
    'Check that the proxy in the system settings, or in HTTPS_PROXY, is right and running.',
  'proxy-silent': 'Check the proxy, or choose another one in the system settings or in HTTPS_PROXY.',
  'proxy-unsupported':
    'Set an http or https proxy in the system settings, or in HTTPS_PROXY, and restart Pushdesk.',
};

/** What a connection error means. @param error as Node gave it */
export function endOfError(error: unknown, host: string): LineEnd {
  // Nothing has reached the server: it must not be blamed.
  if (error instanceof ProxyError)
    return end('retry', ['line-proxy', error.message, PROXY_CURES[error.fault]]);
  const code = codeOf(error);
  const certificate = CERTIFICATES[code];
  if (certificate !== undefined) return end('retry', certificate(host));
  if (UNTRUSTED.has(code)) {
    return end('retry', [
      'line-certificate-untrusted',
      `This computer does not trust the TLS certificate of ${host}.`,
      'Use a certificate from a public authority such as Let’s Encrypt. If your organization has its own, name its file in PUSHDESK_EXTRA_CA_CERTS and restart Pushdesk.',
    ]);
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EAI_NODATA') {
    return end('retry', [
      'line-dns',
      code === 'EAI_AGAIN' ? `The name ${host} could not be looked up.` : `There is no server named ${host}.`,
      `Check the address and your internet connection. ${PROXY}`,
    ]);
  }
  if (code === 'ECONNREFUSED') {
    return end('retry', [
      'line-refused',
      `${host} refused the connection: nothing is listening there.`,
      'Check the address and its port, and that the proxy and Pushdesk are running on the server.',
    ]);
  }
  if (UNREACHABLE.has(code)) {
    return end('retry', [
      'line-unreachable',
      `This network has no route to ${host}.`,
      `Check your internet connection. If the server is in a private network, connect to it first (VPN). ${PROXY}`,
    ]);
  }
  if (code === 'ETIMEDOUT') return silent(host);
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
    return end('retry', [
      'line-no-tls',
      `${host} does not speak TLS on this port.`,
      'Check the address and its port. Pushdesk connects to a server only over HTTPS.',
    ]);
  }
  return end('retry', [
    'line-broken',
    `The connection to ${host} was lost.`,
    'Check your internet connection, and that the server is running.',
  ]);
}

/** Nothing came for too long. */
export function silent(host: string): LineEnd {
  return end('retry', [
    'line-silent',
    `${host} does not answer.`,
    `Check your internet connection. If the server is in a private network or behind a firewall, connect to that network first (VPN). ${PROXY}`,
  ]);
}

/** What came was not what Pushdesk says. */
export function notPushdesk(host: string): LineEnd {
  return end('ask', [
    'line-not-pushdesk',
    `Something answers at ${host}, but it isn’t Pushdesk.`,
    'Check the address, including its path.',
  ]);
}

export function otherVersion(host: string, version: string | null): LineEnd {
  const theirs = version === null ? 'another version' : `version ${version}`;
  return end('ask', [
    'line-version',
    `${host} runs ${theirs} of Pushdesk, which this app can’t work with.`,
    'Install the same version on both.',
  ]);
}

const refusalSchema = z.object({
  code: z.string().max(60).catch(''),
  detail: z.string().max(500).catch(''),
  cure: z.string().max(500).catch(''),
});

/** What an answer other than an upgrade means. @param body its text, cut */
export function endOfAnswer(
  { status, body, retryAfter }: { status: number; body: string; retryAfter: string | undefined },
  host: string,
): LineEnd {
  const told = refusalSchema.safeParse(jsonOf(body)).data ?? { code: '', detail: '', cure: '' };
  switch (told.code) {
    case 'workspace-off':
      return switchedOff(host);
    case 'token-local':
      return end('token', [
        'line-token-local',
        'This is the API token of the server itself, which works only there.',
        'Enter an access token with the scope owner.',
      ]);
    case 'not-encrypted':
      return end('ask', [
        'line-not-encrypted',
        `${host} says that the connection is not encrypted.`,
        'Use its https address, or make the proxy in front of it pass on X-Forwarded-Proto.',
      ]);
    case 'workspace-protocol':
      return otherVersion(host, null);
    default:
  }
  switch (status) {
    case 401:
      return wrongToken(host);
    case 403:
      return told.code === 'scope-missing' ? noOwner(host) : refusedThere(host, told);
    case 404:
      return end('ask', [
        'line-not-offered',
        'This address does not offer a workspace.',
        'Check the address. On the server, switch on Remote workspace (Server screen or PUSHDESK_REMOTE_WORKSPACE=1); it needs a version of Pushdesk that has it.',
      ]);
    case 421:
      return end('ask', [
        'line-other-host',
        `The server does not recognize the name ${host} as its own.`,
        'Enter its public address, or set that on the server (PUSHDESK_PUBLIC_URL).',
      ]);
    case 426:
    case 400:
      return end('ask', [
        'line-no-upgrade',
        'The proxy in front of the server does not pass on WebSockets.',
        'Make it pass on the headers Upgrade and Connection. The server guide shows how for nginx and Caddy.',
      ]);
    case 429:
      return { ...tooMany(host), ...waitOf(retryAfter) };
    case 502:
    case 503:
    case 504:
      return end('retry', [
        'line-behind',
        `The proxy at ${host} answers, but Pushdesk behind it does not (${status}).`,
        'Check that Pushdesk is running on the server.',
      ]);
    default:
      return status >= 500 ? refusedThere(host, told, 'retry') : notPushdesk(host);
  }
}

/** What the code with which a server closed the line means (RFC 6455 §7.4). */
export function endOfClose(code: number, host: string): LineEnd {
  switch (code) {
    case WORKSPACE_CLOSE.token:
      return end('token', [
        'line-token-revoked',
        `The owner token for ${host} was revoked or has expired.`,
        'Create another one on the server and enter it here.',
      ]);
    case WORKSPACE_CLOSE.scope:
      return switchedOff(host);
    case WORKSPACE_CLOSE.version:
      return otherVersion(host, null);
    case WORKSPACE_CLOSE.tooMany:
      return tooMany(host);
    case WORKSPACE_CLOSE.tooLarge:
      return end('retry', [
        'line-too-large',
        'One request to the server was too large.',
        'Send or import less at once.',
      ]);
    case WORKSPACE_CLOSE.stops:
      return end('retry', [
        'line-stopped',
        `Pushdesk on ${host} was stopped or is restarting.`,
        'If it does not come back, start it on the server.',
      ]);
    default:
      return endOfError(null, host);
  }
}

/** The person has to give a token first. */
export function tokenMissing(host: string): LineEnd {
  return end('token', [
    'line-token-needed',
    `The owner token for ${host} is not stored on this computer.`,
    'Enter it to connect.',
  ]);
}

/** The server does not know this token. */
export function wrongToken(host: string): LineEnd {
  return end('token', [
    'line-token-wrong',
    `${host} does not accept this owner token.`,
    'Check that it was copied in full and has not been revoked, or create another one on the server.',
  ]);
}

function noOwner(host: string): LineEnd {
  return end('token', [
    'line-scope',
    `This token may not open the workspace of ${host}: it does not have the scope owner.`,
    'Create an access token with the scope owner on the server and enter it here.',
  ]);
}

function switchedOff(host: string): LineEnd {
  return end('ask', [
    'line-off',
    `Remote workspace is switched off on ${host}.`,
    'Switch it on there: Server screen, or PUSHDESK_REMOTE_WORKSPACE=1.',
  ]);
}

function tooMany(host: string): LineEnd {
  return end('retry', [
    'line-too-many',
    `${host} has too many connections or requests at the moment.`,
    'Close windows that you don’t need, or wait a little.',
  ]);
}

function refusedThere(
  host: string,
  told: { detail: string; cure: string },
  next: LineEnd['next'] = 'ask',
): LineEnd {
  return end(next, [
    'line-refused-there',
    told.detail === '' ? `${host} refused the connection.` : `${host} says: ${visibleText(told.detail)}`,
    told.cure === '' ? 'Look in the server’s log.' : `${host} says: ${visibleText(told.cure)}`,
  ]);
}

function waitOf(retryAfter: string | undefined): { afterMs?: number } {
  const seconds = Number(retryAfter ?? '');
  return Number.isFinite(seconds) && seconds > 0 ? { afterMs: Math.min(seconds, 3600) * 1000 } : {};
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  // Where a name has several addresses, each failed in its own way; the first says most.
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
