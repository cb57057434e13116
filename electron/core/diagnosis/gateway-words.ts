/** In a path or an address a word says nothing, and as the name of a JSON member no more than what else it stands beside. */
const NOT_IN_A_PATH = '(?<![/.?=&@][\\w-]{0,60})(?<![a-z])';
const NOT_A_MEMBER = '(?![a-z]|[\\w-]{0,60}"\\s{0,9}:|[/?=&]|\\.[a-z])';

const PAID_FOR =
  'plans?|billing|payments?|invoices?|renew(?:al)?|pricing|trial|licen[cs]es?|hosting|hosted|suspended|azure|aws|api';
const LOG_INS =
  '(?:api|access|auth|authentication|authorization|bearer|csrf|xsrf|id|jwt|oauth2?|refresh|security|session)[ _-]?tokens?|(?:api|subscription|access)[ _-]?keys?|client[ _-]?(?:id|secret)|sessions?|cookies?|credentials?';
const NETWORKS =
  'certificates?|certs?|tls|ssl|tenants?|hosts?|hostnames?|vhosts?|sites?|domains?|servers? names?|routers?|(?<!push[ _-]?)gateways?|prox(?:y|ies)|tunnels?|upstreams?|clusters?|deployments?';
const OWNERS = 'projects?|workspaces?|organi[sz]ations?|accounts?|namespaces?|buckets?';

/**
 * Words about a plan, a login, a certificate, a host or a project: a gateway, a hoster or a router answers in the place of a push service,
 * and what it calls a subscription, a token, a client or a device is its own. To keep a dead subscription costs a request; to lose a good
 * one costs the person.
 */
export const SAYS_GATEWAY = new RegExp(
  `${NOT_IN_A_PATH}(?:${[PAID_FOR, LOG_INS, NETWORKS, OWNERS].join('|')})${NOT_A_MEMBER}`,
  'i',
);
