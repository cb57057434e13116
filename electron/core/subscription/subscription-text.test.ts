import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SubscriptionJson } from '../../contract/http.ts';
import { readSubscriptionText } from './subscription-text.ts';

function sub(name: string): SubscriptionJson {
  return {
    endpoint: `https://push.example.com/${name}`,
    expirationTime: null,
    keys: { p256dh: 'BCVxsr7N_eNgVRqvHtD0zTZs', auth: 'BTBZMqHH6r4Tts7J_aSIgg' },
  };
}

const [A, B, C] = [sub('a'), sub('b'), sub('c')].map((value) => JSON.stringify(value)) as [
  string,
  string,
  string,
];
const pretty = (value: unknown) => JSON.stringify(value, null, 2);

/** The rows as `line name`, the bad ones as `line code`. */
function read(text: string): string[] {
  return [...readSubscriptionText(text)].map((row) =>
    row.kind === 'row'
      ? `${row.line} ${row.value.endpoint.slice(25)}`
      : `${row.line} ${row.kind === 'bad' ? row.problem.code : 'other'}`,
  );
}

const NO_KEYS = 'This has an endpoint, but no keys: keys.p256dh and keys.auth are missing.';

describe('readSubscriptionText', () => {
  it.each(Object.getOwnPropertyNames(Object.prototype))(
    'takes %s for the name of a column or a member like any other',
    (name) => {
      const { endpoint, keys } = sub('a');
      const table = `endpoint,p256dh,auth,${name}\n${endpoint},${keys.p256dh},${keys.auth},x`;
      const json = `[{"${name}":"x",${A.slice(1)}]`;
      const insert = `INSERT INTO subs (endpoint, p256dh, auth, ${name}) VALUES ('${endpoint}', '${keys.p256dh}', '${keys.auth}', 'x');`;
      expect([table, json, insert].map(read)).toEqual([['2 a'], ['1 a'], ['1 a']]);
    },
  );

  it('gives the subscription as it is, without what else stands there', () => {
    const text = JSON.stringify({ ...sub('a'), id: 7, keys: { ...sub('a').keys, other: 1 } });
    expect([...readSubscriptionText(text)]).toMatchObject([
      { kind: 'row', line: 1, value: sub('a'), person: null },
    ]);
  });

  it.each<[string, string, string[]]>([
    ['one object', A, ['1 a']],
    ['one object, pretty', pretty(sub('a')), ['1 a']],
    ['space and empty lines around it', `\n\n  ${A}\n\n`, ['3 a']],
    ['a byte order mark', `\uFEFF${A}`, ['1 a']],
    ['an array', `[${A},${B}]`, ['1 a', '1 b']],
    ['an array, pretty', pretty([sub('a'), sub('b')]), ['2 a', '10 b']],
    ['an array with CR LF', `[\r\n${A},\r\n${B}\r\n]\r\n`, ['2 a', '3 b']],
    ['an array with CR', `[\r${A},\r${B}\r]`, ['2 a', '3 b']],
    ['JSON lines', `${A}\n${B}\n${C}\n`, ['1 a', '2 b', '3 c']],
    ['JSON lines with CR LF', `${A}\r\n\r\n${B}`, ['1 a', '3 b']],
    ['objects in a row', `${A}${B} ${C}`, ['1 a', '1 b', '1 c']],
    ['objects with commas after them', `${A},\n${B},\n`, ['1 a', '2 b']],
    ['pretty objects one after another', `${pretty(sub('a'))}\n${pretty(sub('b'))}`, ['1 a', '9 b']],
    ['arrays as lines', `[${A}]\n[${B}]`, ['1 a', '2 b']],
    ['arrays in arrays', `[[${A}],[${B}]]`, ['1 a', '1 b']],
    ['a comma too many', `[${A},${B},]`, ['1 a', '1 b']],
    ['no comma', `[${A}\n${B}]`, ['1 a', '2 b']],
    ['a wrapper', `{"subscription":${A}}`, ['1 a']],
    ['a wrapper of wrappers', `{"id":1,"data":{"subscription":${A}},"tags":["x","y"]}`, ['1 a']],
    ['wrappers as lines', `{"id":1,"subscription":${A}}\n{"id":2,"subscription":${B}}`, ['1 a', '2 b']],
    ['wrappers in an array', `[{"subscription":${A}},\n{"subscription":${B}}]`, ['1 a', '2 b']],
    ['a list in a wrapper', `{"subscriptions":[${A},\n${B}],"count":2}`, ['1 a', '2 b']],
    [
      'a pretty list in a wrapper',
      pretty({ count: 2, subscriptions: [sub('a'), sub('b')] }),
      ['4 a', '12 b'],
    ],
    ['a list of wrappers in a wrapper', `{"users":[{"push":${A}},\n{"push":${B}}]}`, ['1 a', '2 b']],
    ['a map by name', `{"u1":${A},\n"u2":${B}}`, ['1 a', '2 b']],
    ['JSON in a string', JSON.stringify(A), ['1 a']],
    ['JSON in strings in an array', `[${JSON.stringify(A)},\n${JSON.stringify(B)}]`, ['1 a', '2 b']],
    ['JSON in a string in a wrapper', JSON.stringify({ id: 1, subscription: A }), ['1 a']],
    ['JSON in strings in wrappers', pretty([{ subscription: A }, { subscription: B }]), ['2 a', '5 b']],
    [
      'keys beside the endpoint',
      JSON.stringify({ endpoint: sub('a').endpoint, expirationTime: null, ...sub('a').keys }),
      ['1 a'],
    ],
  ])('reads %s', (_name, text, rows) => {
    expect(read(text)).toEqual(rows);
    for (const row of readSubscriptionText(text)) {
      expect(row.kind === 'row' && row.value.keys).toEqual(sub('a').keys);
    }
  });

  it.each<[string, string, string[]]>([
    ['a line of words', `${A}\nhello there\n${B}`, ['1 a', '2 other', '3 b']],
    [
      'an object that was not printed',
      `${A}\n[object PushSubscription]\n${C}`,
      ['1 a', '2 object-not-printed', '3 c'],
    ],
    ['nothing but such an object', '[object PushSubscription]', ['1 object-not-printed']],
    ['a log of other objects', `${A}\nGET [object Object] 200\n${C}`, ['1 a', '2 other', '3 c']],
    ['a line cut off', `${A}\n${B.slice(0, 60)}\n${C}`, ['1 a', '2 not-json', '3 c']],
    ['a line cut off in its keys', `${A}\n${B.slice(0, -5)}\n${C}`, ['1 a', '2 not-json', '3 c']],
    ['a line without its last bracket', `${A}\n${B.slice(0, -1)}\n${C}`, ['1 a', '2 not-json', '3 c']],
    ['a line with a bracket too many', `${A}\n${B}}\n${C}`, ['1 a', '2 b', '2 not-json', '3 c']],
    ['a line with a quote missing', `${A}\n${B.replace('/b"', '/b')}\n${C}`, ['1 a', '2 not-json', '3 c']],
    [
      'a line without quotes at its keys',
      `${A}\n{endpoint: 1}\n${C}`,
      ['1 a', '2 subscription-shape', '3 c'],
    ],
    ['a line that opens a list', `${A}\n{"a":[\n${B}\n${C}`, ['1 a', '3 b', '4 c', '4 not-json']],
    ['a line of another kind', `${A}\n{"hello":1}\n${B}`, ['1 a', '2 not-a-subscription', '3 b']],
    ['a line that is a number', `${A}\n42\n${B}`, ['1 a', '2 other', '3 b']],
    ['a comment', `// mine\n${A}`, ['1 other', '2 a']],
    ['source code around it', `const s = ${A};\nsend(s);`, ['1 other', '1 a', '2 other']],
    ['a broken first line', `{"endpoint":\n${A}`, ['1 text-cut-off', '2 a']],
    ['a broken last line', `${A}\n${B.slice(0, 30)}`, ['1 a', '2 not-json']],
    [
      'an array with other things',
      `[1,null,\n"x",${A},{}]`,
      ['1 not-json', '1 not-json', '2 not-json', '2 a', '2 not-a-subscription'],
    ],
    ['an array with a row cut off', `[${A},${B.slice(0, -1)},${C}]`, ['1 a', '1 not-json', '1 c']],
    ['an array with a quote missing', `[${A},${B.replace('/b"', '/b')},${C}]`, ['1 a', '1 not-json', '1 c']],
    [
      'a pretty array with a broken row',
      pretty([sub('a'), sub('b'), sub('c')]).replace('/b",', '/b"'),
      ['2 a', '10 b', '18 c'],
    ],
    ['an array cut off in a row', `[${A},\n${B.slice(0, -9)}`, ['1 a', '2 not-json']],
    ['an array cut off between rows', `[${A},\n${B},\n\n\n`, ['1 a', '2 b', '2 not-json']],
    ['an array closed twice', `[${A}]]\n`, ['1 a', '1 not-json']],
    [
      'a list in a wrapper with a bad row',
      `{"subscriptions":[${A},\n{"endpoint" 1},\n${C}],"count":2}\n${B}`,
      ['1 a', '2 not-json', '3 c', '4 b'],
    ],
    [
      'a row cut off in a list of its own',
      `{"endpoint":"https://x/","tags":[{"a":1},\n${A}`,
      ['1 text-cut-off', '1 not-a-subscription', '2 a'],
    ],
    [
      'a list in a wrapper with a foreign row',
      `{"subscriptions":[${A},\n{"x":1}]}`,
      ['1 a', '2 not-a-subscription'],
    ],
    ['a list in a wrapper cut off', `{"subscriptions":[${A},\n${B.slice(0, -9)}`, ['1 a', '2 not-json']],
    ['a map with a broken row', `{"u1":${A},\n"u2":{x}}\n${B}`, ['1 a', '3 b']],
    ['a bad word as a value', `${A.replace('null', 'nil')}\n${B}`, ['1 a', '2 b']],
    ['a NUL byte in a string', `${A.replace('/a', '/a\0')}\n${B}`, ['1 a', '2 b']],
    ['NUL bytes between', `\0\0\n${A}\n\0`, ['1 other', '2 a', '3 other']],
    ['nothing', '', ['1 not-a-subscription']],
    [
      'nothing but prose, which is not said to be around anything',
      'Dear Ada,\nhere it is.\nBo',
      ['1 not-a-subscription'],
    ],
    ['prose around one', `Dear Ada,\nhere it is:\n${A}`, ['1 other', '2 other', '3 a']],
    ['space', ' \n\n ', ['1 not-a-subscription']],
    ['an empty list', '[]', ['1 not-a-subscription']],
    ['an empty object', '{}', ['1 not-a-subscription']],
  ])('goes on after %s', (_name, text, rows) => {
    expect(read(text)).toEqual(rows);
  });

  it.each<[string, unknown, string]>([
    ['no keys', { endpoint: 'https://x/' }, NO_KEYS],
    ['empty keys', { endpoint: 'https://x/', keys: {} }, NO_KEYS],
    ['no auth', { endpoint: 'https://x/', keys: { p256dh: 'x' } }, 'keys.auth is missing.'],
    ['keys as text', { endpoint: 'https://x/', keys: 'x' }, NO_KEYS],
    ['an endpoint that is a number', { ...sub('a'), endpoint: 7 }, 'endpoint has the wrong type.'],
    ['an empty endpoint', { ...sub('a'), endpoint: '' }, 'endpoint is missing.'],
    ['a null endpoint', { ...sub('a'), endpoint: null }, 'endpoint is missing.'],
    ['a long endpoint', { ...sub('a'), endpoint: 'x'.repeat(5000) }, 'endpoint is too long.'],
  ])('says what is wrong with %s', (_name, value, cause) => {
    expect([...readSubscriptionText(JSON.stringify(value))]).toMatchObject([
      { kind: 'bad', line: 1, problem: { cause } },
    ]);
  });

  it('counts what it leaves out where it cannot name all', () => {
    const attributes = Object.fromEntries(
      'a b c d e f g h'.split(' ').map((name) => [name, 'x'.repeat(900)]),
    );
    const [row] = readSubscriptionText(JSON.stringify({ ...sub('a'), label: 'x'.repeat(900), attributes }));
    expect(row?.kind === 'row' && row.remark).toBe(
      'Left out, because it can’t be kept: label, attribute a, attribute b, attribute c, attribute d and 4 more.',
    );
  });

  it.each([
    '20270101',
    '"20270101T000000Z"',
    '1798761600',
    '{"_seconds":1798761600,"_nanoseconds":0}',
    '{"seconds":1798761600,"nanos":0}',
  ])('reads a time of %s', (time) => {
    const [row] = readSubscriptionText(A.replace('null', time));
    expect(row).toMatchObject({ kind: 'row', value: { expirationTime: Date.UTC(2027, 0) }, remark: null });
  });

  it.each(['1e999', '9'.repeat(400), '"soon"', '3600', '"3600"', '{"_seconds":60}'])(
    'takes the row and remarks a time of %s',
    (time) => {
      const [row] = readSubscriptionText(A.replace('null', time));
      expect(row).toMatchObject({
        kind: 'row',
        value: { endpoint: sub('a').endpoint, expirationTime: null },
      });
      expect(row?.kind === 'row' && row.remark).toContain('expiry');
    },
  );

  it('says of an expiry that is too old that it is too old', () => {
    const [row] = readSubscriptionText(A.replace('null', '"2012-05-01T00:00:00Z"'));
    expect(row).toMatchObject({
      value: { expirationTime: null },
      remark: 'The expiry “2012-05-01T00:00:00Z” is before Web Push existed and was left out.',
    });
  });

  it.each([
    ['"2027-02-30"', 'is a day or time that doesn’t exist'],
    ['3600', 'is too small a number for a time'],
    ['1000000000', 'is before Web Push existed'],
    ['-5', 'can’t be read as a time'],
  ])('says what is wrong with the expiry %s', (value, words) => {
    const text = value.replaceAll('"', '');
    expect(readSubscriptionText(A.replace('null', value))).toMatchObject([
      { value: { expirationTime: null }, remark: `The expiry “${text}” ${words} and was left out.` },
    ]);
  });

  it.each(['"2012-05-01T00:00:00Z"', '"soon"'])(
    'says nothing of the expiry %s beside a good one',
    (other) => {
      const text = A.replace('null', `${other},"expires_at":"2027-01-01T00:00:00Z"`);
      expect(readSubscriptionText(text)).toMatchObject([
        { value: { expirationTime: Date.UTC(2027, 0) }, remark: null },
      ]);
    },
  );

  it('takes nothing from __proto__, and changes nothing through it', () => {
    const [row] = readSubscriptionText(
      `{"__proto__":{"polluted":1,"keys":{}},"endpoint":"https://x/","keys":{"p256dh":"x","auth":"y","__proto__":{"a":1}}}`,
    );
    expect(row).toMatchObject({
      kind: 'row',
      line: 1,
      value: { endpoint: 'https://x/', keys: { p256dh: 'x', auth: 'y' } },
    });
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('shows where it stands in an excerpt without line ends and control characters', () => {
    const [row] = readSubscriptionText(`{"a":\n\0\t"b",${'x'.repeat(500)}}`);
    expect(row?.kind === 'bad' && row.excerpt).toMatch(/^\{"a": "b",x{80,}$/);
    expect(row?.kind === 'bad' && row.excerpt.length).toBeLessThanOrEqual(100);
  });

  it('shows nothing of the next row in an excerpt', () => {
    const rows = [...readSubscriptionText('{"endpoint":"https://x/"}\nnot json at all\n{"a":1}\nmore')];
    expect(rows.flatMap((row) => (row.kind === 'bad' ? [row.excerpt] : []))).toEqual([
      'https://x/',
      '{"a":1}',
    ]);
  });

  it('says how far below a pretty row breaks', () => {
    const [row] = readSubscriptionText(pretty(sub('a')).replace('"keys":', '"keys"'));
    expect(row).toMatchObject({
      problem: { cause: 'This is not valid JSON. It breaks at `{ "p256d`, 3 lines further down.' },
    });
  });
});

describe('readSubscriptionText with wild input', () => {
  const junk = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json(),
    fc.string({ unit: fc.constantFrom(...Array.from('{}[]",:\\ \n\r\ta1')) }),
    fc.constantFrom('"endpoint"', '{"endpoint":', '"\\"', '[{', '},{', '{"a":[', '\uFEFF', '\0'),
  );

  it('never throws, ends, and its lines only grow and are there', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(junk, fc.constantFrom(A, B, pretty(sub('c')))), { maxLength: 12 }),
        (pieces) => {
          const text = pieces.join('');
          const lines = text.split(/\r\n?|\n/).length;
          let last = 1;
          for (const row of readSubscriptionText(text)) {
            if (row.kind === 'other') continue;
            expect(row.line).toBeGreaterThanOrEqual(last);
            expect(row.line).toBeLessThanOrEqual(lines);
            last = row.line;
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('leaves the line of a good one as it is behind a colon alone', () => {
    for (const before of ['-', 'x', 'a.b']) {
      const rows = readSubscriptionText(`${before}\n:\n${JSON.stringify(sub('a'))}\n`);
      expect(rows.filter(({ kind }) => kind === 'row')).toMatchObject([{ line: 3 }]);
    }
  });

  it('finds every good line among bad ones, at its place', () => {
    const badLine = fc.oneof(
      fc.string({ unit: 'grapheme-ascii' }).filter((text) => !/[[\]{}"]/.test(text)),
      fc.integer({ min: 1, max: B.length - 1 }).map((length) => B.slice(0, length)),
      fc.json({ maxDepth: 2 }).filter((text) => !text.includes('endpoint')),
      fc.constantFrom('{', '"', '{"a":1,', '{"a":"', '{"endpoint":"x"', "{'a':1}", '{"a":[1', '\0', '{"a":}'),
    );
    const name = fc.stringMatching(/^[a-z]{1,8}$/);
    const line = fc.oneof(
      name.map((good) => ({ good, text: JSON.stringify(sub(good)) })),
      badLine.map((text) => ({ good: null, text })),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 15 }), fc.constantFrom('\n', '\r\n', '\r'), (lines, ending) => {
        const expected = lines.flatMap(({ good }, index) => (good === null ? [] : [`${index + 1} ${good}`]));
        const found = [...readSubscriptionText(lines.map(({ text }) => text).join(ending))]
          .filter((row) => row.kind === 'row')
          .map((row) => `${row.line} ${row.value.endpoint.slice(25)}`);
        expect(found).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('finds every good row of a list among bad ones, however it is laid out', () => {
    const row = fc.oneof(
      fc.stringMatching(/^[a-z]{1,8}$/).map((good) => ({ good, value: sub(good) })),
      fc.jsonValue({ maxDepth: 2 }).map((value) => ({ good: null, value })),
    );
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 12 }),
        fc.constantFrom(0, 2, '\t'),
        fc.boolean(),
        (rows, indent, wrapped) => {
          const list = rows.map(({ value }) => value);
          const text = JSON.stringify(wrapped ? { subscriptions: list } : list, null, indent);
          const found = [...readSubscriptionText(text)].flatMap((found_) =>
            found_.kind === 'row' ? [found_.value.endpoint.slice(25)] : [],
          );
          expect(found).toEqual(rows.flatMap(({ good }) => (good === null ? [] : [good])));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has the lines of a pretty list right', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 20 }), (names) => {
        const text = pretty(names.map(sub));
        const lines = text.split('\n');
        for (const row of readSubscriptionText(text)) expect(lines[row.line - 1]).toBe('  {');
      }),
    );
  });
});

describe('readSubscriptionText with spite', () => {
  const times = (piece: string, size: number) => piece.repeat(Math.floor(size / piece.length));

  function countRows(text: string): number {
    let count = 0;
    for (const row of readSubscriptionText(text)) count += row.line > 0 ? 1 : 0;
    return count;
  }

  /** Large enough that work growing with the square of the text would not end. */
  it.each([
    '[',
    ']',
    '{',
    '}',
    '"',
    '\\',
    '[]',
    '{}',
    '[{',
    '{"a":',
    '{"a":[',
    '{"a":[{},',
    '[{"endpoint":',
    '{"a":\n',
    '{"a":[\n',
    '{"a":[{},\n',
    `${'{"a":\n'.repeat(15)}x\n`,
    `${'{"a":[\n'.repeat(9)}x\n`,
    '{"},{":1,',
    '"},{","b":',
    '{"},{":":1,",":1,",',
    '"\\',
    '",',
    '"{\\"endpoint\\"',
    ',',
    '\n',
    '\0',
    'x\n',
    '{"endpoint":1}\n',
    '{"endpoint":"x","a":[',
    '{"a":"{\\"endpoint\\""},',
  ])('reads %j over and over to its end', (piece) => {
    const text = times(piece, 200_000);
    for (const start of ['', '{"a":[']) expect(countRows(start + text)).toBeGreaterThan(0);
  });

  it.each(['[', '{', '{"a":'])('reads 5 MB of %j to its end', (piece) => {
    expect(countRows(times(piece, 5_000_000))).toBeGreaterThan(0);
  });

  it.each([
    ['Markdown', '## Bo\n- auth\n'],
    ['quoted mail', '> \u00a0> x\n'],
    ['a diff', '@@ -1 +1 @@\n+@@ -1 +1 @@\n'],
    ['quoted-printable', 'a=3D3D=3D3D3D=\nb=3D=0D=0Ac=3D3D3D=\nd\n'],
    [
      'a form',
      '--ab\nContent-Disposition: form-data; name="a"\n\n--cd\nContent-Disposition: form-data; name="b"\n',
    ],
    ['a list of R', '$endpoint\n[1] "$endpoint"\n[1] "a"\n'],
    ['a structure of R', 'List of 2\n $ List of 2: chr "a"\n $ $ a: chr "b"\n'],
    ['properties', 'a: https\\\\://x\nb: https\\://x\n'],
    ['a spaced table', 'endpoint p256dh auth\nendpoint p256dh auth https://a\n'],
  ])('takes %s back once, also where what is left looks like it again', (_name, text) => {
    for (const twice of [text, text + text, times(text, 1000)]) expect(() => countRows(twice)).not.toThrow();
  });
});
