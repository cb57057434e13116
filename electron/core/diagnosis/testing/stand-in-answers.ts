import { accepted, failed, gone, mozilla, PAGE, pauses, retry, type Row } from './answer-row.ts';

/** Pages in the place of a push service, in all the ways in which they begin. */
const MARKUP = [
  '<meta http-equiv="refresh" content="0; url=http://10.1.1.1/login">',
  '<script>window.location="http://portal/login"</script>',
  '<title>Login</title><h1>Login</h1>',
  '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"><html><title>Hotel login</title></html>',
  '<?xml version="1.0"?><WISPAccessGatewayParam><Redirect><LoginURL>http://x</LoginURL></Redirect></WISPAccessGatewayParam>',
  '<h1>Not Found</h1>',
  '<html><head><title>Forbidden</title></head></html>',
  '\uFEFF<center>nginx</center>',
  '<Error><Code>NoSuchKey</Code></Error>',
];

/** What routers say: Go and Traefik, Kubernetes, Express, Fastify, Symfony, Kong, Spring, Quarkus, ntfy, Vercel. */
const ROUTERS = [
  '404 page not found\n',
  'default backend - 404',
  '{"statusCode":404,"message":"Cannot POST /push/subscription/a","error":"Not Found"}',
  '{"message":"Route POST:/push/tokens not found","error":"Not Found","statusCode":404}',
  'No route found for "POST https://push.example/user/a"',
  '{"message":"no Route matched with those values"}',
  '{"status":404,"detail":"No static resource push/subscription/a."}',
  'RESTEASY003210: Could not find resource for full path: https://push.example/a',
  '{"code":40401,"http":404,"error":"page not found"}',
  'The page could not be found\n\nNOT_FOUND',
];

/** Words that do not say what was not found. */
const NOTHING_HERE = [
  'Not Found',
  '404',
  '404: Not Found',
  '{"detail":"Not Found"}',
  '{"errors":{"detail":"Not Found"}}',
  '{"timestamp":"2026-01-01","status":404,"error":"Not Found","path":"/push/token/a"}',
  '{"status":"error","code":404,"message":"Application not found"}',
  'response 404 (backend NotFound), service rules for the path non-existent',
  'Unknown endpoint',
  'Nothing here',
  '404 Client Error: Not Found',
  '{"client":"curl/8","error":"Not Found"}',
  'User agent not found',
  'Not found: /push/subscription/a',
  '\uFFFD',
];

const GONE_IN_WORDS = [
  'Subscription not found',
  'unknown token',
  '{"error":"no such device"}',
  '{"message":"The user has unsubscribed."}',
  'Subscription with id "a7" does not exist',
  "Couldn't find Subscription with 'id'=7",
  'No Subscription matches the given query.',
  '{"message":"No query results for model [App\\\\Models\\\\PushSubscription] 7"}',
  '{"error":"subscription_not_found"}',
  '{"code":"DEVICE_NOT_REGISTERED"}',
  'SubscriptionNotFound',
  '{"errors":{"token":["is invalid"]}}',
  'The subscription has expired.',
  mozilla(404, 103, 'Invalid token'),
];

/** Gateways, hosters and routers, about what they call subscriptions, tokens, clients and devices. */
const GATEWAYS = [
  '{"error":"API token not found"}',
  '{"message":"Invalid API key or subscription not active"}',
  'Invalid subscription key',
  '{"statusCode":404,"message":"Unknown subscription. Check your access key."}',
  'Your subscription has expired. Please renew your plan to use this API.',
  '{"message":"Subscription expired: your Azure subscription is disabled"}',
  'No active subscription for this hosting plan',
  'Subscription expired: update your billing details',
  'Unknown client certificate',
  '{"error":"device not registered: TLS handshake without certs"}',
  '{"message":"The client is not valid for this host"}',
  '{"code":"tenant_not_found","message":"Unknown client tenant"}',
  'Project not found: no device with that id on this router',
  'account user deleted: hosting suspended',
  '{"error":"session token expired"}',
  'Unknown user in this organisation',
  'No such client: the tunnel is closed',
];

/** Words of push services in which a gateway's stand where they say nothing: in a path, or as the name of a member. */
const GONE_BESIDE = [
  '{"path":"/api/hosts/a","error":"Subscription not found"}',
  '{"tenant":"a7","message":"Subscription not found"}',
  'https://push.hosting.example/api/account says: no such device',
  'Push gateway: unknown token',
];

const SAY_NO = [
  '{"success": false}',
  '{"success":"false"}',
  '{"success":0,"failed":1}',
  '{"failed":2}',
  '{"ok":false,"description":"blocked"}',
  '{"errors":["Invalid token"]}',
  '{"errors":{"ttl":["is invalid"]}}',
  '{"errors":"no"}',
  '{"error":true}',
  '{"error":403}',
  '{"status":"error","message":"quota used up"}',
  '{"status":"FAILED"}',
  '{"code":403,"message":"forbidden"}',
  '{"statusCode":"500"}',
];

const SAY_YES = [
  '{"id":"a","event":"message","error":""}',
  '{"errors":[],"error":null,"ok":true,"status":"ok","code":0}',
  '{"errors":{},"success":1,"failed":0,"failure":0,"code":200,"status":201}',
  '{"event":"message","message":"{\\"status\\":\\"error\\"}"}',
];

/** What answers in the place of a push service, and what services say about a message that they took or refused under a 2xx. */
export const STAND_IN_ROWS: Row[] = [
  ...[...MARKUP, PAGE].flatMap((body): Row[] => [
    ...[200, 201, 202].map((status): Row => ({
      rule: 'page-under-2xx',
      service: 'mozilla',
      status,
      body,
      outcome: pauses('web-page-answered'),
    })),
    ...(['mozilla', 'other'] as const).flatMap((service) =>
      [401, 403, 404].map((status): Row => ({
        rule: 'page-for-a-refusal',
        service,
        status,
        body,
        outcome: pauses('web-page-answered'),
      })),
    ),
    ...[400, 422].map((status): Row => ({
      rule: 'page-at-unknown-host',
      service: 'other',
      status,
      body,
      outcome: pauses('web-page-answered'),
    })),
  ]),
  ...['Please log in to use this network', 'Hotel portal', 'Login required', '\uFFFD'].map((body): Row => ({
    rule: 'page-by-type-under-2xx',
    service: 'other',
    status: 200,
    body,
    headers: [['Content-Type', 'text/html; charset=utf-8']],
    outcome: pauses('web-page-answered'),
  })),
  // What a real push service has created has an address.
  ...['<p>Created</p>', 'Created, thank you', '{}'].map((body): Row => ({
    rule: 'created-with-words',
    service: 'other',
    status: 201,
    body,
    headers: [
      ['Content-Type', 'text/html'],
      ['Location', '/m/1'],
    ],
    outcome: accepted,
  })),
  {
    rule: 'page-by-type-at-unknown-host',
    service: 'other',
    status: 404,
    body: 'Not found',
    headers: [['Content-Type', 'application/xhtml+xml']],
    outcome: pauses('web-page-answered'),
  },
  ...ROUTERS.flatMap((body): Row[] =>
    (['mozilla', 'other'] as const).map((service) => ({
      rule: 'router-in-words',
      service,
      status: 404,
      body,
      outcome: pauses('router-answered'),
    })),
  ),
  ...NOTHING_HERE.map((body): Row => ({
    rule: 'router-at-unknown-host',
    service: 'other',
    status: 404,
    body,
    outcome: pauses('router-answered'),
  })),
  ...GATEWAYS.flatMap((body): Row[] =>
    [404, 410].map((status) => ({
      rule: 'gateway-at-unknown-host',
      service: 'other',
      status,
      body,
      outcome: pauses('gateway-answered'),
    })),
  ),
  // A service that is known answers for itself, whatever words it uses.
  ...GATEWAYS.map((body): Row => ({ rule: 'gone', service: 'mozilla', status: 410, body, outcome: gone })),
  ...[...GONE_IN_WORDS, ...GONE_BESIDE].flatMap((body) =>
    ['text/plain', 'text/html; charset=UTF-8'].map((type): Row => ({
      rule: 'gone-in-words',
      service: 'other',
      status: 404,
      body,
      headers: [['Content-Type', type]],
      outcome: gone,
    })),
  ),
  // Without a word about anything else, the status counts, whatever type an empty body is said to have.
  ...['', ' \n', '{}', '{"success":false}', '{"code":404}'].map((body): Row => ({
    rule: 'gone',
    service: 'other',
    status: 404,
    body,
    headers: [['content-type', 'text/html']],
    outcome: gone,
  })),
  ...SAY_NO.map((body): Row => ({
    rule: 'says-no-under-2xx',
    service: 'other',
    status: 200,
    body,
    outcome: failed('dropped-by-service'),
  })),
  ...SAY_YES.map((body): Row => ({
    rule: 'accepted',
    service: 'other',
    status: 200,
    body,
    outcome: accepted,
  })),
  ...(['fcm', 'mozilla', 'wns', 'apple', 'other'] as const).flatMap((service): Row[] => [
    {
      rule: 'proxy-password',
      service,
      status: 407,
      body: '<title>ERROR: Cache Access Denied</title>',
      headers: [['X-Squid-Error', 'ERR_CACHE_ACCESS_DENIED 0']],
      outcome: retry('proxy-wants-password'),
    },
    {
      rule: 'proxy-password',
      service,
      status: 407,
      headers: [['Proxy-Authenticate', 'Basic realm="Office"']],
      outcome: retry('proxy-wants-password'),
    },
    ...[403, 404, 410].map((status): Row => ({
      rule: 'squid-refuses',
      service,
      status,
      body: '<!DOCTYPE html><title>ERROR: Access Denied</title>',
      headers: [['X-Squid-Error', 'ERR_ACCESS_DENIED 0']],
      outcome: retry('proxy-refused'),
    })),
  ]),
  ...[500, 502, 503, 504].flatMap((status): Row[] =>
    (['fcm', 'mozilla', 'other'] as const).map((service) => ({
      rule: 'squid-without-service',
      service,
      status,
      body: '<title>ERROR: The requested URL could not be retrieved</title>',
      headers: [['X-Squid-Error', 'ERR_CONNECT_FAIL 111']],
      outcome: retry('proxy-failed'),
    })),
  ),
  { rule: 'network-login', service: 'other', status: 511, body: PAGE, outcome: retry('network-login') },
  {
    rule: 'moved',
    service: 'other',
    status: 302,
    body: PAGE,
    headers: [['location', 'https://login.example/']],
    outcome: failed('moved'),
  },
  { rule: 'gone', service: 'other', status: 410, body: PAGE, outcome: gone },
  {
    rule: 'service-unavailable',
    service: 'other',
    status: 502,
    body: PAGE,
    outcome: retry('service-unavailable'),
  },
  // PHP calls any answer HTML.
  ...['ok', 'Message sent', 'Message queued for 1 device.'].flatMap((body) =>
    [200, 201, 202].map((status): Row => ({
      rule: 'accepted',
      service: 'other',
      status,
      body,
      headers: [['content-type', 'text/html; charset=UTF-8']],
      outcome: accepted,
    })),
  ),
  {
    rule: 'accepted',
    service: 'other',
    status: 201,
    body: 'Message created, the client will log in for it',
    headers: [['content-type', 'text/html']],
    outcome: accepted,
  },
];
