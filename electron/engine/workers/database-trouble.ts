/** The codes of PostgreSQL (SQLSTATE), TLS and the network, and what a person can do about each. */
const KNOWN: Readonly<Record<string, { what: string; cure: string }>> = {
  '53100': { what: 'its disk is full', cure: 'Make room on its disk.' },
  '53200': { what: 'it has no memory left', cure: 'Give it more memory.' },
  '53300': { what: 'it takes no more connections', cure: 'Raise max_connections in its postgresql.conf.' },
  '28P01': { what: 'it does not accept the password', cure: 'Correct the password in the address.' },
  '28000': {
    what: 'it does not let this user in from here',
    cure: 'Allow it in its pg_hba.conf; hostssl where the connection is encrypted.',
  },
  '3D000': {
    what: 'there is no database of that name',
    cure: 'Make it with workers.sql, or correct the address.',
  },
  '42501': { what: 'this user lacks rights there', cure: 'Make user and schema with workers.sql.' },
  SELF_SIGNED_CERT_IN_CHAIN: untrusted(),
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted(),
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted(),
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted(),
  CERT_SIGNATURE_FAILURE: untrusted(),
  CERT_HAS_EXPIRED: {
    what: 'its certificate has expired',
    cure: 'Renew it, or correct the clock of this machine.',
  },
  ERR_TLS_CERT_ALTNAME_INVALID: {
    what: 'its certificate is for another name',
    cure: 'Use the name that its certificate has in the address.',
  },
  NO_TLS: {
    what: 'it does not encrypt, and beyond this machine the connection has to be encrypted',
    cure: 'Set ssl = on in its postgresql.conf, or add ?sslmode=disable to the address if nobody else can read that network.',
  },
  '42P01': notSetUp(),
  '3F000': notSetUp(),
  NOT_SET_UP: notSetUp(),
  OTHER_VERSION: {
    what: 'another version of Pushdesk has set it up',
    cure: 'Run the same version on this machine and on the engine’s.',
  },
  ECONNREFUSED: {
    what: 'nothing answers there',
    cure: 'Check that it runs, and that host and port in the address are right.',
  },
  ENOTFOUND: { what: 'no machine of that name is known', cure: 'Correct the name in the address.' },
};

/** Errors without a code, by their wording. */
const SAID: Readonly<Record<string, string>> = {
  'The server does not support SSL connections': 'NO_TLS',
  'pg-boss is not installed': 'NOT_SET_UP',
  'pg-boss database requires migrations': 'OTHER_VERSION',
};

function notSetUp() {
  return { what: 'no engine has set it up yet', cure: 'Start Pushdesk with this address first.' };
}

function untrusted() {
  return {
    what: 'its certificate is signed by nobody who is trusted here',
    cure: 'Name the file of its authority in the address: ?sslrootcert=/path/to/authority.pem.',
  };
}

/**
 * Why the database cannot be used, and what to do: in our own words if the error is known, otherwise as it was reported. Without secrets.
 */
export function databaseTrouble(error: unknown): { what: string; cure: string } {
  const said = error instanceof Error ? error.message : 'no answer';
  const code = (Object.hasOwn(SAID, said) ? SAID[said] : undefined) ?? codeOf(error);
  return (
    (code !== null && Object.hasOwn(KNOWN, code) ? KNOWN[code] : undefined) ?? {
      what: said.replace(/\.$/, ''),
      cure: 'Check that it runs, has room on its disk, and that its address is right.',
    }
  );
}

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
