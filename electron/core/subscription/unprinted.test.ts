import { describe, expect, it } from 'vitest';
import { readSubscriptionText } from './subscription-text.ts';

const ENDPOINT = 'https://fcm.googleapis.com/fcm/send/dQw4w9WgXcQ:APA91bHun4MxP5egoKMwt2KZFBaFUH';
const problems = (text: string) =>
  readSubscriptionText(text).flatMap((row) => (row.kind === 'bad' ? [row.problem] : []));

describe('objects whose content was not printed', () => {
  it.each([
    ['JavaScript', 'JSON.stringify', '[object Object]'],
    ['JavaScript', 'JSON.stringify', '[object PushSubscription]'],
    ['JavaScript', 'JSON.stringify', '{"subscription":"[object Object]"}'],
    ['JavaScript', 'JSON.stringify', `{"endpoint":"${ENDPOINT}","keys":"[object Object]"}`],
    ['JavaScript', 'await', 'Promise { <pending> }'],
    ['Node.js', 'depth: null', '[ { id: 1, subscription: [Object] } ]'],
    ['Node.js', 'depth: null', `{ endpoint: '${ENDPOINT}', keys: [Object] }`],
    ['Node.js', 'JSON.stringify', 'PushSubscription {}'],
    ['Python', 'json.dumps', '<PushSubscription object at 0x7f8b1c2d>'],
    ['Python', 'json.dumps', '<QuerySet [<Subscription: Ann>, <Subscription: Bob>]>'],
    ['Java', 'Jackson', 'com.site.Subscription@1b6d3586'],
    ['Java', 'Jackson', `Subscription(endpoint=${ENDPOINT}, keys=com.site.Keys@1b6d3586)`],
    ['Ruby', 'to_json', '#<PushSubscription:0x000078f1>'],
    ['Go', 'json.Marshal', `{${ENDPOINT} 0xc0000140a0}`],
    ['C#', 'JsonSerializer', 'System.Collections.Generic.List`1[App.Subscription]'],
    ['Elixir', 'Jason', `%{endpoint: "${ENDPOINT}", keys: #Keys<...>}`],
  ])('are named as what %s printed, with %s as the way out: %s', (language, wayOut, text) => {
    expect(problems(text)).toContainEqual(
      expect.objectContaining({
        code: 'object-not-printed',
        cause: expect.stringMatching(new RegExp(`^${language} printed `)) as string,
        cure: expect.stringContaining(wayOut) as string,
      }),
    );
  });

  it('are not seen in other texts', () => {
    for (const text of ['Hello, write to ann@example.com today.', 'nothing', '{"a":1}']) {
      expect(problems(text).map(({ code }) => code)).toEqual(['not-a-subscription']);
    }
  });

  it.each([
    ['a Go value', 'json.Marshal', `{${ENDPOINT} {BNcRd`],
    ['a printed struct', 'serde_json', `Sub { endpoint: "${ENDPOINT}", keys: ..`],
    ['an Elixir map', 'Jason', `%{endpoint: "${ENDPOINT}", keys: ..`],
    ['a Clojure map', 'cheshire', `{:endpoint "${ENDPOINT}" :keys`],
  ])('names %s that is broken', (name, wayOut, text) => {
    const [problem] = problems(text);
    expect(problem?.cause).toContain(name);
    expect(problem?.cure).toContain(wayOut);
  });
});
