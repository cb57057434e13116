import { describe, expect, it } from 'vitest';
import { readSubscriptionText } from '../../../../core/subscription/subscription-text.ts';
import { checkSubscription } from '../../../../core/subscription/subscription-check.ts';
import { browserSubscription } from '../../../testing/browser-subscription.ts';

const { endpoint, keys } = browserSubscription({ host: 'fcm.googleapis.com/fcm/send' });
const json = JSON.stringify({ endpoint, keys });
const checks = { isPointOnCurve: () => true, isPrivateHost: () => false, allowPrivateEndpoints: false };

/** What is said of a text in which nothing can be taken. */
const said = (text: string) =>
  readSubscriptionText(text).flatMap((row) => {
    if (row.kind === 'other') return [];
    if (row.kind === 'bad') return [row.problem.code];
    const checked = checkSubscription(row.value, checks);
    return [checked.kind === 'bad' ? checked.problem.code : 'good'];
  });

describe('a text that is not taken', () => {
  it.each([
    [
      'a string that Xdebug cut',
      `array(3) {\n  'endpoint' =>\n  string(900) "${endpoint}"...\n  'p256dh' =>\n  string(87) "${keys.p256dh}"\n  'auth' =>\n  string(22) "${keys.auth}"\n}`,
      'endpoint-shortened',
    ],
    [
      'a string that Elixir cut',
      `%{endpoint: "${endpoint}" <> ..., p256dh: "${keys.p256dh}", auth: "${keys.auth}"}`,
      'endpoint-shortened',
    ],
    [
      'a key that Rails hides',
      `#<PushSub id: 1, endpoint: "${endpoint}", p256dh_key: [FILTERED], auth_key: [FILTERED]>`,
      'key-masked',
    ],
    [
      'keys that Symfony folds',
      `App\\Entity\\Sub {#80\n  -endpoint: "${endpoint}"\n  -keys: array:2 […2]\n}`,
      'keys-folded',
    ],
    [
      'an endpoint that Outlook replaced',
      json.replace(
        endpoint,
        `https://eur02.safelinks.protection.outlook.com/?url=${encodeURIComponent(endpoint)}&data=05`,
      ),
      'endpoint-guarded',
    ],
    [
      'a link of a chat',
      `endpoint: ${endpoint}|${endpoint}\np256dh: ${keys.p256dh}\nauth: ${keys.auth}`,
      'endpoint-malformed',
    ],
    [
      'a statement that lost its endpoint',
      `INSERT INTO subs SET user_id=7,\n  p256dh='${keys.p256dh}',\n  auth='${keys.auth}';`,
      'subscription-shape',
    ],
    ['an object of Dart', "Instance of 'PushSubscription'", 'object-not-printed'],
    [
      'a diff that removes it',
      `diff --git a/s.json b/s.json\n--- a/s.json\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-${json}`,
      'removed-by-diff',
    ],
    [
      'a table with objects in it',
      `┌─────────┬──────────┬──────────┐\n│ (index) │ endpoint │ keys     │\n├─────────┼──────────┼──────────┤\n│ 0       │ '${endpoint}' │ [Object] │\n└─────────┴──────────┴──────────┘`,
      'object-not-printed',
    ],
    [
      'a table that is cut',
      `# A tibble: 1 × 2\n  endpoint  auth\n1 ${endpoint.slice(0, 60)}… abc…`,
      'endpoint-shortened',
    ],
    [
      'rows in lines of AWS',
      `ITEMS\nAUTH\t${keys.auth}\nENDPOINT\t${endpoint}\nP256DH\t${keys.p256dh}`,
      'form-unknown',
    ],
    [
      'a table within JSON',
      JSON.stringify({ csv: `endpoint,auth\n${endpoint},${keys.auth}` }),
      'form-unknown',
    ],
    [
      'keys around an endpoint',
      `auth\n"${keys.auth}"\nendpoint\n"${endpoint}"\np256dh\n"${keys.p256dh}"`,
      'keys-near',
    ],
    [
      'a string that Symfony cut',
      `array:3 [\n  "endpoint" => "${endpoint}"…60\n  "p256dh" => "${keys.p256dh}"\n  "auth" => "${keys.auth}"\n]`,
      'endpoint-shortened',
    ],
    [
      'a link that Google put around it',
      `endpoint: https://www.google.com/url?q=${encodeURIComponent(endpoint)}&sa=D\np256dh: ${keys.p256dh}\nauth: ${keys.auth}`,
      'endpoint-guarded',
    ],
    ['two endpoints in one', json.replace(endpoint, `${endpoint},${endpoint}`), 'endpoint-malformed'],
    [
      'HTML that was not decoded',
      `<x-island props="{&quot;sub&quot;:[0,{&quot;endpoint&quot;:[0,&quot;${endpoint}&quot;],&quot;p256dh&quot;:[0,&quot;${keys.p256dh}&quot;],&quot;auth&quot;:[0,&quot;${keys.auth}&quot;]}]}">`,
      'endpoint-malformed',
    ],
    ['a workbook of Excel', 'PK\u0003\u0004\u0014[Content_Types].xml', 'foreign-form'],
    ['a compressed file', '\u001f\ufffd\b\0\0', 'foreign-form'],
    ['a database file', 'SQLite format 3\0', 'foreign-form'],
    [
      'a token of Firebase',
      JSON.stringify({ token: `${keys.auth}:APA91b${'x1'.repeat(60)}` }),
      'foreign-form',
    ],
    ['bytes of PostgreSQL in hex', `id,sub\n1,\\x${Buffer.from(json).toString('hex')}\n`, 'foreign-form'],
    ['keys of the sender', JSON.stringify({ publicKey: keys.p256dh, privateKey: 'x' }), 'foreign-form'],
    ['nothing but words', 'hello there', 'not-a-subscription'],
  ])('says of %s what is wrong', (_name, text, code) => {
    expect(said(text)).toEqual([code]);
  });

  it('takes an endpoint with its ampersands as HTML writes them', () => {
    const long = `${endpoint}?a=1&b=2`;
    const rows = readSubscriptionText(json.replace(endpoint, long.replace('&', '&amp;')));
    expect(rows.map((row) => row.kind === 'row' && row.value.endpoint)).toEqual([long]);
  });

  it('still reports what a person wrote among rows, and what no server answered', () => {
    expect(said(`[1,null,"x",${json},{}]`)).toContain('not-json');
    expect(said(`[1,null,"x",${json},{}]`)).toContain('not-a-subscription');
    expect(said(`${json}\nhello\n{"ok":true}`)).toEqual(['good', 'not-a-subscription']);
  });
});
