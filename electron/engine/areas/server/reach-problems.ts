import type { Problem } from '../../../contract/problem.ts';
import type { PublicAddress } from '../../../contract/public-address.ts';
import { visibleText } from '../../../core/text/visible-text.ts';
import type { Arrival } from '../../http/reach-nonces.ts';
import { faultOfError } from '../../net/fault-of-error.ts';
import { MADE_UP, type OwnAnswer } from './ask-own-address.ts';

interface Asked {
  address: PublicAddress;
  /** Where a proxy on this machine finds the engine. */
  inner: string;
}

const problem = (code: string, cause: string, cure: string): Problem => ({ code, cause, cure });

const codeOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
};

const RENEW = 'Renew the certificate, for example with certbot or Caddy, and reload the proxy.';

/** Why the engine could not even ask, going by the network error. */
export function problemOfError(error: unknown, { address, inner }: Asked): Problem {
  const { hostname, host, port, protocol } = new URL(address.url);
  const shownPort = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  const code = codeOf(error);
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return problem('certificate-expired', `The certificate of ${host} has expired.`, RENEW);
    case 'CERT_NOT_YET_VALID':
      return problem(
        'certificate-not-yet-valid',
        `The certificate of ${host} is not valid yet.`,
        'Check the clock of this computer, and the dates of the certificate.',
      );
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return problem(
        'certificate-other-name',
        `The certificate at ${host} is for another name.`,
        `Get a certificate for ${hostname}, or check which site the proxy answers for this name.`,
      );
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return problem(
        'certificate-chain',
        `The certificate of ${host} is not trusted: its authority is unknown, or an intermediate certificate is missing.`,
        'Give the server the full chain (fullchain.pem). With your own authority, name it in PUSHDESK_EXTRA_CA_CERTS; browsers must trust it too.',
      );
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return problem(
        'certificate-not-trusted',
        `The certificate of ${host} is not trusted: no known authority signed it.`,
        'Use a certificate of a public authority such as Let’s Encrypt: browsers refuse this one.',
      );
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
    case 'ERR_SSL_PACKET_LENGTH_TOO_LONG':
      return problem(
        'http-instead-of-https',
        `${host} does not speak HTTPS at port ${shownPort}.`,
        'Turn on TLS there: in nginx, "listen 443 ssl" with a certificate; Caddy does it by default.',
      );
    case 'ECONNRESET':
      return problem(
        'connection-closed',
        `${host} closed the connection without an answer.`,
        `Check the proxy’s log. It has to pass requests on to ${inner}.`,
      );
  }
  const { fault } = faultOfError(error);
  if (fault === 'dns') {
    return problem(
      'name-unknown',
      `The name ${hostname} does not resolve: there is no such name in the DNS, or it cannot be asked.`,
      `Check the spelling, and add an A or AAAA record for ${hostname} that holds the address of your server. New records can take an hour.`,
    );
  }
  if (fault === 'connection-refused') {
    return problem(
      'nothing-listens',
      `Nothing listens at ${hostname}, port ${shownPort}.`,
      `Start the proxy there, and check that the name leads to that machine and its firewall lets port ${shownPort} in.`,
    );
  }
  if (fault.startsWith('proxy-')) {
    return problem(
      'own-proxy',
      'The proxy that this machine uses for its own requests could not reach the address.',
      'Check the proxy settings of this computer, or leave the name out there (NO_PROXY).',
    );
  }
  if (fault === 'tls') {
    return problem(
      'tls-failed',
      `No encrypted connection to ${host} could be made${code === '' ? '' : ` (${code})`}.`,
      'Check the certificate and the TLS settings of the proxy.',
    );
  }
  if (fault === 'timeout') return tooSlow(address);
  return problem(
    'not-reached',
    `${host} could not be reached${code === '' ? '' : ` (${code})`}.`,
    'Check the address, the proxy and the firewall.',
  );
}

export const tooSlow = ({ url }: PublicAddress): Problem =>
  problem(
    'no-answer-in-time',
    `${new URL(url).host} did not answer within 10 seconds.`,
    'Often a firewall drops the connection: open the port. Some routers do not let their own network in by the public address; try from a phone without Wi-Fi.',
  );

/** Why an answer is not this engine's. */
export function problemOfAnswer(answer: OwnAnswer, { address, inner }: Asked): Problem {
  const { host } = new URL(address.url);
  const { status, location } = answer;
  if (status >= 300 && status < 400 && location !== null) return redirected(location, address);
  const own = ownCodeIn(answer.body);
  if (own === 'foreign-host' || own === 'other-host') {
    return problem(
      'host-changed',
      `A Pushdesk answered that does not know the name ${host}: the proxy sends another Host, or leads to another Pushdesk.`,
      `Pass the host name on (nginx: "proxy_set_header Host $host;"; Caddy does it by default), and to ${inner}.`,
    );
  }
  if (own === 'no-such-path' || own === 'not-public') {
    const { prefix } = address;
    return problem(
      'path-wrong',
      `A Pushdesk answered, but not at the path of ${address.url}.`,
      prefix === ''
        ? `Make the proxy pass on paths as they are, from / to ${inner}.`
        : `Make the proxy pass on ${prefix}/ to ${inner}, with the path or without it. nginx: "location ${prefix}/ { proxy_pass ${inner}; }".`,
    );
  }
  if (own === 'too-many-requests') {
    return problem(
      'too-many-requests',
      'There were too many requests within a minute.',
      'Check again in a minute.',
    );
  }
  if (status >= 502 && status <= 504) {
    return problem(
      'proxy-finds-nothing',
      `The proxy at ${host} answered, but could not reach Pushdesk behind it (status ${status}).`,
      `Make it pass requests on to ${inner}, and check that both run on the same machine.`,
    );
  }
  if (status === 401 || status === 403) {
    return problem(
      'proxy-refuses',
      `${host} refused the request before it reached Pushdesk (status ${status}).`,
      'Remove the password or the access rule for this address: people who subscribe have no login.',
    );
  }
  if (status === 200 && own === 'another-engine') {
    return problem(
      'another-engine',
      `Another Pushdesk answers at ${host}, not this one.`,
      `Make the proxy pass requests on to ${inner}, or start the check there.`,
    );
  }
  const by = answer.server === null ? '' : ` ("${visibleText(answer.server).slice(0, 60)}")`;
  return problem(
    'another-program',
    `Another program answers at ${address.url}${by}, with status ${status}.`,
    `Make the proxy pass requests for this address on to ${inner}.`,
  );
}

function redirected(location: string, address: PublicAddress): Problem {
  const shown = visibleText(location).slice(0, 200);
  const to = URL.canParse(location, address.url) ? new URL(location, address.url) : null;
  const from = new URL(address.url);
  if (to !== null && to.protocol === 'http:' && from.protocol === 'https:') {
    return problem(
      'redirects-to-http',
      `${from.host} redirects from https to ${shown}.`,
      'Turn that redirect off: browsers allow push at https addresses only.',
    );
  }
  if (to !== null && to.host !== from.host) {
    const better = `${to.origin}${address.prefix}`;
    return problem(
      'redirects-elsewhere',
      `${from.host} redirects to another name: ${shown}.`,
      `Set the public address to ${better} if that is the right one, or turn the redirect off.`,
    );
  }
  return problem(
    'redirects',
    `${from.host} redirects elsewhere: ${shown}.`,
    'Make the proxy pass requests on to Pushdesk without a redirect.',
  );
}

/** The code of a Pushdesk refusal, or the fact that this is its health answer; `null`: it comes from something else. */
function ownCodeIn(body: string): string | null {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null) return null;
    if ('status' in value && (value.status === 'ok' || value.status === 'degraded')) return 'another-engine';
    if (!('error' in value) || typeof value.error !== 'object' || value.error === null) return null;
    return 'code' in value.error && typeof value.error.code === 'string' ? value.error.code : null;
  } catch {
    return null;
  }
}

/** What works but could be better, going by how the request came in. */
export function hintsOf(arrival: Arrival, address: PublicAddress): Problem[] {
  const hints: Problem[] = [];
  if (!address.hosts.includes(arrival.host.toLowerCase())) {
    hints.push(
      problem(
        'host-hidden',
        'The proxy does not pass on the host name, so its requests look like those of programs on this machine. Only the API token keeps strangers out of /api/v1.',
        'Pass the host name on. nginx: "proxy_set_header Host $host;".',
      ),
    );
  }
  if (arrival.forwardedFor === MADE_UP) {
    hints.push(
      problem(
        'caller-made-up',
        'The proxy passes on whatever address callers claim to have, so nobody can be held to a limit.',
        'Make it write the address itself. nginx: "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;".',
      ),
    );
  } else if (arrival.forwardedFor === null) {
    hints.push(
      problem(
        'caller-hidden',
        'The proxy does not say who is calling, so all visitors share one limit.',
        'nginx: "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;". Caddy does it by default.',
      ),
    );
  }
  return hints;
}
