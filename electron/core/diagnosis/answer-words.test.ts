import { describe, expect, it } from 'vitest';
import { wordsOf } from './answer-words.ts';

const said = (body: string, headers: [string, string][] = [], status = 400) =>
  wordsOf({ status, headers, body });

describe('wordsOf', () => {
  it.each<[string, string, string | null]>([
    ['nothing', '', null],
    ['spaces', ' \r\n', null],
    ['an empty object', '{}', null],
    ['null', 'null', 'null'],
    ['numbers alone', '{"code":400,"errno":111}', null],
    ['plain text', 'permission denied: invalid JWT provided\n', 'permission denied: invalid JWT provided'],
    ['several lines', 'one\n  two\t three', 'one two three'],
    ["Mozilla's", '{"code":401,"errno":109,"error":"Unauthorized","message":"Auth expired"}', 'Auth expired'],
    ["Apple's", '{"reason":"BadWebPushTopic"}', 'BadWebPushTopic'],
    ["ntfy's", '{"code":50701,"http":507,"error":"nobody is here"}', 'nobody is here'],
    [
      "Google's",
      '{"error":{"code":404,"message":"Requested entity was not found.","status":"NOT_FOUND","details":[{"errorCode":"UNREGISTERED"}]}}',
      'UNREGISTERED: Requested entity was not found.',
    ],
    ["Google's older", '{"success":0,"failure":1,"results":[{"error":"NotRegistered"}]}', 'NotRegistered'],
    [
      'a problem of RFC 9457',
      '{"title":"Out of credit","detail":"Balance is 30","status":403}',
      'Balance is 30',
    ],
    ['what is wrong with a field', '{"errors":{"ttl":["is not a number"]}}', 'ttl: is not a number'],
    ['a capability', '{"unifiedpush":{"version":1}}', null],
    ['a text in JSON', '"just this"', 'just this'],
    ['a list', '[{"message":"first"},{"message":"second"}]', 'first'],
    ['JSON that was cut', '{"code":400,"message":"Missing \\"TTL\\" val', 'Missing \\"TTL\\" val'],
    ['a page', '<html><head><title>Hotel  login</title></head><body>Welcome</body></html>', 'Hotel login'],
    ['a page without a title', '<html><body><h1>Blocked</h1> by policy</body></html>', 'Blocked'],
    ['a page with an unfinished tag', '<html><title', '<title'],
    ['marks alone', '---', null],
  ])('finds what is said in %s', (_what, body, words) => {
    expect(said(body)).toBe(words);
  });

  it('hears the headers of Microsoft before the body, and takes states where there is no sentence', () => {
    expect(said('x', [['x-wns-error-description', 'Ttl value is invalid.']])).toBe('Ttl value is invalid.');
    expect(
      said(
        '',
        [
          ['x-wns-status', 'dropped'],
          ['x-wns-deviceconnectionstatus', 'disconnected'],
        ],
        200,
      ),
    ).toBe('X-WNS-Status: dropped, X-WNS-DeviceConnectionStatus: disconnected');
  });

  it('hears WWW-Authenticate where nothing else speaks', () => {
    expect(said('', [['www-authenticate', 'Bearer error="invalid_token"']], 401)).toBe('invalid_token');
    const both = 'vapid error="invalid_token", error_description="token audience is wrong"';
    expect(said('', [['www-authenticate', both]], 401)).toBe('invalid_token: token audience is wrong');
  });

  it('names where a redirect points', () => {
    expect(said('', [['location', 'https://login.example/a']], 302)).toBe('https://login.example/a');
  });

  it('does not take the words of a page for the place that a redirect points to', () => {
    expect(said('<title>See other</title>', [['location', '/']], 303)).toBeNull();
    expect(said('<title>Moved</title>', [], 301)).toBe('Moved');
  });

  it('writes out what cannot be seen, and leaves out tokens and endpoints', () => {
    expect(said('ab\u202Ecd\u0000ef')).toBe('ab\\u202Ecd\\u0000ef');
    const token = `eyJ0eXAi${'a1'.repeat(40)}`;
    expect(said(`no ${token} here`)).toBe('no eyJ0eXAi… here');
    expect(said('a “quotation” within')).toBe('a "quotation" within');
  });

  it('is short, and cuts no character in two', () => {
    const words = said('😀'.repeat(500)) ?? said(`a${'😀'.repeat(500)}`);
    const long = said(`a${'😀'.repeat(500)}`) ?? '';
    expect(long.length).toBeLessThanOrEqual(160);
    expect(long).not.toMatch(/\p{Cs}/u);
    expect(words).not.toBe('');
  });

  it.each(['<title>', '<', '[', '{"a":', '"message":"', '“', '\\'])('is quick with 64 kB of %j', (piece) => {
    said(piece.repeat(Math.ceil(65_536 / piece.length)));
  });
});
