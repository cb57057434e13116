import { hash } from 'node:crypto';
import type { Connection } from './database.ts';

const KEY_BYTES = 16;

/** By this name a statement can ask for a key: migrations do. Nothing in the schema does, so any tool can read the file. */
const FUNCTION_NAME = 'endpoint_key';

/**
 * What an endpoint is looked up by: the first 16 bytes of its SHA-256 (FIPS 180-4). Two endpoints with one key are not to be
 * expected before 2^64 of them, so a unique key means a unique endpoint. [Note: endpoint keys]
 */
export function endpointKey(endpoint: string): Buffer {
  return Buffer.from(endpointKeyHex(endpoint), 'hex');
}

/** The same in 32 hexadecimal digits. */
export function endpointKeyHex(endpoint: string): string {
  return hash('sha256', endpoint, 'hex').slice(0, 2 * KEY_BYTES);
}

/** Lets statements of this connection compute keys. */
export function addEndpointKeyFunction(connection: Connection): void {
  connection.function(FUNCTION_NAME, { deterministic: true, directOnly: true }, (endpoint) =>
    endpointKey(String(endpoint)),
  );
}
