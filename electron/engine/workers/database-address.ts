import { isIP } from 'node:net';
import type { Problem } from '../../contract/problem.ts';
import type { DatabaseAddress } from './work-queue.ts';

export type AddressRead =
  | { readonly kind: 'read'; readonly address: DatabaseAddress; readonly warning: Problem | null }
  | { readonly kind: 'refused'; readonly problem: Problem };

export type AddressSource = 'environment' | 'settings';

const DEFAULT_PORT = 5432;
const DEFAULT_SCHEMA = 'pushdesk';
const PARAMETERS = ['sslmode', 'sslrootcert', 'schema'];
const TLS_MODES = ['verify-full', 'disable'];

/**
 * Reads `postgres://user:password@host:port/database`. Except on this machine, the connection is encrypted and the server has to prove its
 * name, unless `?sslmode=disable` says otherwise; `?sslrootcert=` names a file with the trusted authorities, `?schema=` the schema. No part
 * of the address appears in a problem: it contains a password.
 *
 * @param readFile reads the file that `sslrootcert` names
 * @param source where the person wrote the address
 */
export function readDatabaseAddress(
  text: string,
  readFile: (path: string) => string,
  source: AddressSource,
): AddressRead {
  const refused = (what: string): AddressRead => ({
    kind: 'refused',
    problem: { code: 'workers-address', ...wordsOf(source, what) },
  });
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['postgres:', 'postgresql:'].includes(url.protocol) || url.hostname === '')
    return refused('is not the address of a PostgreSQL database');
  const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) return refused(`has a parameter that is not known: ${unknown.slice(0, 40)}`);
  const database = decoded(url.pathname.slice(1));
  const [user, password] = [decoded(url.username), decoded(url.password)];
  if (database === null || user === null || password === null)
    return refused('has a percent sign that encodes nothing');
  if (database === '' || user === '') return refused('lacks the name of the user or of the database');
  const schema = url.searchParams.get('schema') ?? DEFAULT_SCHEMA;
  if (!/^[a-z_][a-z0-9_]{0,40}$/.test(schema))
    return refused('names a schema that is not made of small letters, digits and _');
  const mode = url.searchParams.get('sslmode');
  if (mode !== null && !TLS_MODES.includes(mode))
    return refused('has an sslmode other than verify-full and disable');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const here = isLoopback(host);
  const isEncrypted = mode === null ? !here : mode === 'verify-full';
  const file = url.searchParams.get('sslrootcert');
  const authority = file === null ? null : textOf(file, readFile);
  if (authority === undefined) return refused('names a file with sslrootcert that cannot be read');
  return {
    kind: 'read',
    address: {
      host,
      port: url.port === '' ? DEFAULT_PORT : Number(url.port),
      user,
      password,
      database,
      schema,
      tls: isEncrypted ? { authority } : null,
    },
    warning: isEncrypted || here ? null : NOT_ENCRYPTED,
  };
}

/** `undefined`: it cannot be read. */
function textOf(file: string, readFile: (path: string) => string): string | undefined {
  try {
    return readFile(file);
  } catch {
    return undefined;
  }
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function isLoopback(host: string): boolean {
  if (host === 'localhost' || host === '::1') return true;
  return isIP(host) === 4 && host.startsWith('127.');
}

const wordsOf = (source: AddressSource, what: string) =>
  source === 'environment'
    ? {
        cause: `PUSHDESK_WORKERS ${what}.`,
        cure: 'Set it to postgres://user:password@host/database, then start Pushdesk again.',
      }
    : { cause: `The text ${what}.`, cure: 'Enter postgres://user:password@host/database.' };

const NOT_ENCRYPTED: Problem = {
  code: 'workers-not-encrypted',
  cause: 'The connection to the database of the workers is not encrypted (sslmode=disable).',
  cure: 'Leave out sslmode, unless nobody else can read this network: endpoints, their keys and tokens go over it.',
};
