import type { DiagnosisCode } from './diagnosis-words.ts';
import { SAYS_GATEWAY } from './gateway-words.ts';
import { SAYS_GONE } from './gone-words.ts';

/** What an answer means; `classify-answer.ts` turns it into an outcome. */
export type Meaning =
  | { kind: 'accepted' }
  | { kind: 'gone'; diagnosis: DiagnosisCode }
  | { kind: 'mismatched'; diagnosis: DiagnosisCode }
  | { kind: 'failed'; diagnosis: DiagnosisCode; pausesPart: boolean }
  | { kind: 'retry'; diagnosis: DiagnosisCode; throttled: boolean; onlyThis?: true };

/** One row of the table. Every condition given must match; one that is left out matches everything. */
export interface AnswerRule {
  /** Unique, so that a test can name the row. */
  id: string;
  /** Statuses from the first to the second, both included. */
  statuses: readonly (readonly [from: number, to: number])[];
  /** What the body says: each of them must be found. Each runs in time linear in the length of the body, which may be anything. */
  body?: readonly RegExp[];
  /** Something that one of these headers says. */
  header?: { names: readonly string[]; value: RegExp };
  means: Meaning;
  /** At any other host these words come from something else, such as a balancer of the same maker. */
  onlyAtItsOwnHost?: true;
}

export const gone = (diagnosis: DiagnosisCode): Meaning => ({ kind: 'gone', diagnosis });
export const mismatched = (diagnosis: DiagnosisCode): Meaning => ({ kind: 'mismatched', diagnosis });
export const failed = (diagnosis: DiagnosisCode): Meaning => ({
  kind: 'failed',
  diagnosis,
  pausesPart: false,
});
export const pauses = (diagnosis: DiagnosisCode): Meaning => ({
  kind: 'failed',
  diagnosis,
  pausesPart: true,
});
export const retry = (diagnosis: DiagnosisCode): Meaning => ({ kind: 'retry', diagnosis, throttled: false });
export const throttled = (diagnosis: DiagnosisCode): Meaning => ({
  kind: 'retry',
  diagnosis,
  throttled: true,
});
/** Tried again, and no other delivery has to wait because of it. */
export const retryAlone = (diagnosis: DiagnosisCode): Meaning => ({
  kind: 'retry',
  diagnosis,
  throttled: false,
  onlyThis: true,
});
export const only = (...statuses: number[]) => statuses.map((status) => [status, status] as const);

/** Whether a row goes by the words of the answer, and not only by the status. */
export const saysWords = ({ body, header }: AnswerRule): boolean =>
  body !== undefined || header !== undefined;

export const ACCEPTING = [[200, 299]] as const;
/** All refusals but 404 and 410: these two end a subscription, whatever words come with them (RFC 8030 §7.3). */
export const REFUSING = [
  [400, 403],
  [405, 409],
  [411, 499],
] as const;

/**
 * Markup of any kind, HTML or XML: push services answer with a line of text or JSON. Google's older pages are the exception; its rules for
 * their words come first.
 */
const MARKUP = /^\s*<[!?a-z]/i;

/** Says by its type that it is a page. Only with a body: servers name this type for an empty one as well. */
const HTML_TYPE = { names: ['Content-Type'], value: /\bx?html\b/i };

/**
 * A login, or something that nobody could read. Other text that is called HTML is no page: PHP calls any answer so, and one that took the
 * message would be called failed, and the message sent again.
 */
const LOGIN =
  /\blog-?[io]n\b|\bsign-[io]n\b|(?:^\s*|\b(?:please|must|(?:need|have|want) to) )(?:log|sign) (?:in|on)\b|\bportal\b|\bhotspot\b|\bauthentication (?:is )?required\b|\uFFFD/i;

const NOT_JSON = /^\s*[^\s[{]/;

/** Any words at all: text, or text within JSON. */
const WORDS = /^\s*[^\s[{]|:\s{0,9}"[^"]*[a-z]/i;

/** What routers and balancers say about an address that leads nowhere. */
const ROUTER =
  /\bcannot (?:post|get) |\bpage (?:\w+ ){0,3}not (?:be )?found|default backend|\bno (?:\w+ )?route\b|\broute\b[^\n]{0,200}\bnot (?:be )?found|no static resource|could not find resource/i;

/** Mozilla's software and others like it: the number in the body says what is wrong, at any host. */
const errno = (numbers: string) => new RegExp(`"errno"\\s{0,9}:\\s{0,9}"?(?:${numbers})\\b`);

/** Says that a field of the request is missing or wrong. */
function faulty(field: string): RegExp {
  const fault =
    'invalid|missing|bad|unknown|unsupported|not (?:valid|supported)|too (?:long|large|high)|out of range';
  return new RegExp(
    `\\b(?:${fault})[ _-]?(?:or (?:${fault}) )?(?:the )?${field}\\b|\\b${field}\\b[^\\n]{0,20}\\b(?:${fault})\\b`,
    'i',
  );
}

/** Says that a key is not the subscription's, under any of the names for it. */
export const KEY_MISMATCH =
  /key (?:mismatch|does(?: not|n't) match)|(?:wrong|mismatched) (?:vapid |public )*key/i;

export const AUTOPUSH_RULES: readonly AnswerRule[] = [
  // Before its numbers, none of which is for the urgency.
  {
    id: 'urgency-in-words',
    statuses: REFUSING,
    body: [faulty('urgency')],
    means: pauses('urgency-refused'),
  },
  {
    id: 'mozilla-key-mismatch',
    statuses: [[400, 403]],
    body: [errno('109'), KEY_MISMATCH],
    means: mismatched('made-with-another-key'),
  },
  {
    id: 'mozilla-token-expired',
    statuses: [[400, 403]],
    body: [errno('109'), /\bexpired\b|ExpiredSignature/i],
    means: pauses('token-expired'),
  },
  { id: 'mozilla-token', statuses: [[400, 403]], body: [errno('109')], means: pauses('token-refused') },
  { id: 'mozilla-size', statuses: REFUSING, body: [errno('104')], means: failed('payload-too-large') },
  {
    id: 'mozilla-endpoint',
    statuses: REFUSING,
    body: [errno('10[23568]')],
    means: failed('endpoint-refused'),
  },
  // Something between has put another status in the place of 410, by which alone a subscription ends.
  {
    id: 'mozilla-gone-under-2xx',
    statuses: ACCEPTING,
    body: [errno('10[36]')],
    means: failed('gone-by-words'),
  },
  {
    id: 'mozilla-endpoint-under-2xx',
    statuses: ACCEPTING,
    body: [errno('10[258]')],
    means: failed('endpoint-refused'),
  },
  {
    id: 'mozilla-size-under-2xx',
    statuses: ACCEPTING,
    body: [errno('104')],
    means: failed('payload-too-large'),
  },
  { id: 'mozilla-topic', statuses: [[400, 499]], body: [errno('113')], means: pauses('topic-refused') },
  { id: 'mozilla-ttl', statuses: REFUSING, body: [errno('112')], means: pauses('ttl-refused') },
  // It is about TTL, which every message has.
  { id: 'mozilla-ttl-missing', statuses: REFUSING, body: [errno('111')], means: pauses('header-lost') },
  {
    id: 'mozilla-headers',
    statuses: REFUSING,
    body: [errno('101|110|114')],
    means: pauses('header-refused'),
  },
  { id: 'mozilla-too-many', statuses: REFUSING, body: [errno('201')], means: throttled('rate-limited') },
  {
    id: 'key-in-words',
    statuses: [[400, 403]],
    body: [/\b(?:vapid|application ?server|public)\b/i, KEY_MISMATCH],
    means: mismatched('made-with-another-key'),
  },
];

/** JSON that refuses the message, whatever the status says. What only reports that nothing went wrong (`"error":""`) does not. */
const SAYS_NO = new RegExp(
  [
    String.raw`"(?:success|ok|accepted)"\s{0,9}:\s{0,9}"?(?:false\b|0\b)`,
    String.raw`"(?:failures?|failed)"\s{0,9}:\s{0,9}(?:[1-9]|true\b)`,
    String.raw`"(?:status|result)"\s{0,9}:\s{0,9}"(?:error|err|fail(?:ed|ure)?|refused|rejected|denied)"`,
    String.raw`"(?:code|status|status_?code|http)"\s{0,9}:\s{0,9}"?[45]\d\d\b`,
    String.raw`"errno"\s{0,9}:\s{0,9}\d{3}\b`,
    String.raw`"error"\s{0,9}:\s{0,9}(?:"[^"]|\{\s{0,9}"|true\b|[1-9])`,
    String.raw`"errors"\s{0,9}:\s{0,9}(?:"[^"]|\{\s{0,9}"|\[\s{0,9}[^\s\]])`,
  ].join('|'),
  'i',
);

/** The subscription is as dead as without the words, but they say why: also in pages of the service's own. */
export const UNKNOWN_ENDPOINT: AnswerRule = {
  id: 'unknown-endpoint',
  statuses: only(404, 410),
  body: [
    /(?:invalid|malformed|unknown|bad|valid) (?:push |subscription ){1,2}endpoint|"errno"\s{0,9}:\s{0,9}"?102\b|\bBadPath\b/i,
  ],
  means: gone('endpoint-unknown'),
};

/** What certainly comes from a proxy on the way: none of it is said by a service, or of a subscription. */
export const PROXY_RULES: readonly AnswerRule[] = [
  // Only proxies say so (RFC 9110 §15.5.8).
  { id: 'proxy-password', statuses: only(407), means: retry('proxy-wants-password') },
  {
    id: 'squid-refuses',
    statuses: [[400, 499]],
    header: { names: ['X-Squid-Error'], value: /\S/ },
    means: retry('proxy-refused'),
  },
  {
    id: 'squid-without-service',
    statuses: [[500, 599]],
    header: { names: ['X-Squid-Error'], value: /\S/ },
    means: retry('proxy-failed'),
  },
];

/** Words that more than one service uses. They come after each service's own rules, and before the status alone. */
export const WORD_RULES: readonly AnswerRule[] = [
  ...AUTOPUSH_RULES,
  { id: 'ttl-in-words', statuses: REFUSING, body: [faulty('ttl')], means: pauses('ttl-refused') },
  { id: 'topic-in-words', statuses: REFUSING, body: [faulty('topic')], means: pauses('topic-refused') },
  {
    id: 'encoding-in-words',
    statuses: REFUSING,
    body: [faulty('content[-_ ]?encoding')],
    means: pauses('encoding-refused'),
  },
  {
    // Cloudflare, in one line of text: a firewall has blocked the request.
    id: 'firewall-in-words',
    statuses: only(403),
    body: [/^\s{0,9}error code: 1\d{3}\s{0,9}$/i],
    means: pauses('web-page-answered'),
  },
  {
    // ntfy accepts a message only if an app is listening, or was recently: https://docs.ntfy.sh/publish/#unifiedpush
    id: 'nobody-listens',
    statuses: [...REFUSING, [500, 599]],
    body: [/without previously active subscriber|"code"\s{0,9}:\s{0,9}50701\b/i],
    means: failed('nobody-listens'),
  },
  {
    id: 'endpoint-in-words',
    statuses: REFUSING,
    body: [
      /(?:invalid|malformed|unknown|bad) (?:push )?(?:subscription )?endpoint|valid (?:push )?subscription endpoint|endpoint (?:is|was) (?:invalid|malformed|unknown|not valid)/i,
    ],
    means: failed('endpoint-refused'),
  },
  UNKNOWN_ENDPOINT,
  // Firewalls, portals and balancers answer like this at any address.
  {
    id: 'page-for-a-refusal',
    statuses: only(401, 403, 404, 451),
    body: [MARKUP],
    means: pauses('web-page-answered'),
  },
  { id: 'router-in-words', statuses: only(404), body: [ROUTER], means: pauses('router-answered') },
  { id: 'says-no-under-2xx', statuses: ACCEPTING, body: [SAYS_NO], means: failed('dropped-by-service') },
  // RFC 8030 §5: the address of the message that was created. No page in the place of a push service has one.
  {
    id: 'created-with-words',
    statuses: only(201),
    body: [/\S/],
    header: { names: ['Location'], value: /\S/ },
    means: { kind: 'accepted' },
  },
  { id: 'page-under-2xx', statuses: ACCEPTING, body: [MARKUP], means: pauses('web-page-answered') },
  {
    id: 'page-by-type-under-2xx',
    statuses: only(200),
    body: [NOT_JSON, LOGIN],
    header: HTML_TYPE,
    means: pauses('web-page-answered'),
  },
];

/**
 * Where a page says that something else answers in the place of a push service. Not 410, which no server says unless it is told to, and
 * not 421, which is about the connection: the next one may be right (RFC 9110 §15.5.20).
 */
const PAGE_STATUSES = [
  [400, 404],
  [406, 406],
  [409, 409],
  [411, 412],
  [414, 420],
  [422, 424],
  [426, 428],
  [430, 499],
] as const;

/**
 * At a host that is no known push service, a web server, a router, a firewall or a login may answer in its place: nothing that they say
 * ends a subscription. So a 404 with words ends one only if they say that of a subscription; without words it does, as RFC 8030 §7.3 says.
 */
export const UNKNOWN_HOST_RULES: readonly AnswerRule[] = [
  {
    id: 'page-at-unknown-host',
    statuses: PAGE_STATUSES,
    body: [MARKUP],
    means: pauses('web-page-answered'),
  },
  {
    id: 'gateway-at-unknown-host',
    statuses: only(404, 410),
    body: [SAYS_GATEWAY],
    means: pauses('gateway-answered'),
  },
  { id: 'gone-in-words', statuses: only(404), body: [SAYS_GONE], means: gone('subscription-gone') },
  {
    id: 'page-by-type-at-unknown-host',
    statuses: PAGE_STATUSES,
    body: [NOT_JSON],
    header: HTML_TYPE,
    means: pauses('web-page-answered'),
  },
  { id: 'router-at-unknown-host', statuses: only(404), body: [WORDS], means: pauses('router-answered') },
];

/**
 * What an answer means at every push service: the first row that fits counts. Each service's own rows (`core/push-services`) come first,
 * and rows that judge by words before rows that judge by the status alone. Words change, so each row of words has a row for its status
 * below it.
 */
export const STATUS_RULES: readonly AnswerRule[] = [
  { id: 'accepted', statuses: ACCEPTING, means: { kind: 'accepted' } },
  {
    id: 'moved',
    statuses: [
      [301, 303],
      [307, 308],
    ],
    header: { names: ['Location'], value: /\S/ },
    means: failed('moved'),
  },
  { id: 'bad-request', statuses: only(400), means: pauses('bad-request') },
  { id: 'auth-refused', statuses: only(401, 403), means: pauses('auth-refused') },
  { id: 'gone', statuses: only(404, 410), means: gone('subscription-gone') },
  { id: 'no-push-endpoint', statuses: only(405, 501), means: failed('not-a-push-endpoint') },
  { id: 'too-slow', statuses: only(408), means: retry('service-timed-out') },
  { id: 'too-large', statuses: only(413), means: failed('payload-too-large') },
  { id: 'address-too-long', statuses: only(414), means: failed('endpoint-refused') },
  { id: 'encoding', statuses: only(415), means: pauses('encoding-refused') },
  { id: 'header', statuses: only(411, 412, 417, 428, 431), means: pauses('header-refused') },
  { id: 'not-now', statuses: only(421, 425), means: retry('service-unavailable') },
  { id: 'rate-limited', statuses: only(429), means: throttled('rate-limited') },
  { id: 'service-unavailable', statuses: only(502, 503, 504), means: retry('service-unavailable') },
  { id: 'cannot-serve', statuses: only(505, 506, 508, 510), means: failed('service-misconfigured') },
  { id: 'no-room', statuses: only(507), means: failed('service-full') },
  { id: 'network-login', statuses: only(511), means: retry('network-login') },
  { id: 'service-error', statuses: [[500, 599]], means: retry('service-error') },
];
