const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * A worker is bound by the policy of its own script. Icons and images of a notification may come from any site,
 * because the person who composed it chose them; the worker itself talks to this server alone.
 */
const WORKER_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  'img-src http: https: data:',
].join('; ');

const WORKERS = ['/sw.js', '/kit/pushdesk-worker.js'];

const headersWith = (policy: string): Readonly<Record<string, string>> => ({
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
});
const OF_PAGES = headersWith(PAGE_POLICY);
const OF_WORKERS = headersWith(WORKER_POLICY);

/**
 * The headers of every answer, errors included. Headers that let another site read or embed an answer are added where that is allowed
 * (`cross-origin.ts`), never to a refusal, which would reveal to any page that Pushdesk runs here.
 *
 * @param path of the route
 */
export function securityHeaders(path: string | undefined): Readonly<Record<string, string>> {
  return path !== undefined && WORKERS.includes(path) ? OF_WORKERS : OF_PAGES;
}
