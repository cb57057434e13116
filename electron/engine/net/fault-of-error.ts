import type { ConnectionFault } from '../../core/diagnosis/answer.ts';
import { ProxyError } from './proxy-error.ts';

const FAULTS = new Map<string, ConnectionFault>([
  ['ECONNREFUSED', 'connection-refused'],
  ['EHOSTUNREACH', 'connection-refused'],
  ['EHOSTDOWN', 'connection-refused'],
  ['ENETUNREACH', 'connection-refused'],
  ['ENETDOWN', 'connection-refused'],
  ['EADDRNOTAVAIL', 'connection-refused'],
  ['ENOTFOUND', 'dns'],
  ['ENODATA', 'dns'],
  ['ESERVFAIL', 'dns'],
  ['ECONNRESET', 'reset'],
  ['ECONNABORTED', 'reset'],
  ['EPIPE', 'reset'],
  ['UND_ERR_SOCKET', 'reset'],
  ['UND_ERR_DESTROYED', 'reset'],
  ['ETIMEDOUT', 'timeout'],
  ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
  ['UND_ERR_BODY_TIMEOUT', 'timeout'],
  ['UND_ERR_HEADERS_OVERFLOW', 'answer-too-large'],
  ['HPE_HEADER_OVERFLOW', 'answer-too-large'],
  ['PUSHDESK_PRIVATE_ADDRESS', 'private-address'],
  ['EPROTO', 'tls'],
  ['CERT_HAS_EXPIRED', 'tls'],
  ['CERT_NOT_YET_VALID', 'tls'],
  ['CERT_REVOKED', 'tls'],
  ['CERT_UNTRUSTED', 'tls'],
  ['CERT_SIGNATURE_FAILURE', 'tls'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'tls'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
  ['HOSTNAME_MISMATCH', 'tls'],
  ['INVALID_CA', 'tls'],
]);

const FAMILIES: [prefix: string, fault: ConnectionFault][] = [
  ['EAI_', 'dns'],
  ['ERR_TLS_', 'tls'],
  ['ERR_SSL_', 'tls'],
  ['ERR_OSSL_', 'tls'],
  ['ERR_HTTP2_', 'reset'],
  ['HPE_', 'bad-answer'],
];

/** In characters: a certificate can name thousands of hosts, and the error names them all. */
const MAX_DETAIL = 500;

/**
 * Names what broke a connection, based on the error codes of Node, OpenSSL and undici.
 *
 * @returns the fault, and the error's own words for the log
 */
export function faultOfError(error: unknown): { fault: ConnectionFault; detail: string } {
  const { fault, detail } = readError(error);
  return { fault, detail: detail.slice(0, MAX_DETAIL) };
}

function readError(error: unknown): { fault: ConnectionFault; detail: string } {
  if (!(error instanceof Error)) return { fault: 'other', detail: String(error) };
  if (error instanceof ProxyError) return { fault: error.fault, detail: error.message };
  // undici forgets the code of what its parser cannot read.
  if (error.name === 'HTTPParserError' && codeOf(error) === '')
    return { fault: 'bad-answer', detail: error.message };
  // Several addresses were tried: the first one's error stands for all.
  if (error instanceof AggregateError && error.errors.length > 0) return readError(error.errors[0]);
  const code = codeOf(error);
  const fault =
    FAULTS.get(code) ?? FAMILIES.find(([prefix]) => code.startsWith(prefix))?.[1] ?? faultOfCause(error);
  return {
    fault,
    detail: code === '' || error.message.includes(code) ? error.message : `${error.message} (${code})`,
  };
}

function faultOfCause(error: Error): ConnectionFault {
  return error.cause instanceof Error ? readError(error.cause).fault : 'other';
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
