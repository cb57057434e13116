import { hash } from 'node:crypto';
import { canonicalEndpoint } from '../../core/subscription/canonical-endpoint.ts';
import type { Connection } from './database.ts';

const KEY_BYTES = 16;

/**
 * The names by which statements of migrations ask for keys and spellings. Nothing in the schema uses them, so any tool can read the file.
 * The first is the key of a text as it is: the key of an endpoint before step 140.
 */
const TEXT_KEY = 'endpoint_key';
const CANONICAL_ENDPOINT = 'canonical_endpoint';

/** What a text is looked up by: the first 16 bytes of its SHA-256 (FIPS 180-4). */
export function textKey(text: string): Buffer {
  return Buffer.from(textKeyHex(text), 'hex');
}

/**
 * What an endpoint is looked up by: the key of its canonical spelling, so that another spelling does not count as a second endpoint. Two
 * endpoints with the same key are not to be expected before 2^64 of them, so a unique key means a unique endpoint. [Note: endpoint keys]
 */
export function endpointKey(endpoint: string): Buffer {
  return textKey(canonicalEndpoint(endpoint));
}

/** The same in 32 hexadecimal digits. */
export function endpointKeyHex(endpoint: string): string {
  return textKeyHex(canonicalEndpoint(endpoint));
}

function textKeyHex(text: string): string {
  return hash('sha256', text, 'hex').slice(0, 2 * KEY_BYTES);
}

/** Lets statements on this connection compute keys. */
export function addEndpointFunctions(connection: Connection): void {
  const options = { deterministic: true, directOnly: true };
  connection.function(TEXT_KEY, options, (text) => textKey(String(text)));
  connection.function(CANONICAL_ENDPOINT, options, (endpoint) => canonicalEndpoint(String(endpoint)));
}
