import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageSchema, type Message } from '../../../contract/message.ts';
import { buildPayload } from '../payload.ts';
import { isPersonal, languageFor, personalOf, variableFaults, type Recipient } from './personal.ts';

const NOBODY: Recipient = { label: null, externalId: null, tags: [], attributes: {} };
const message = (change: Partial<Message>) => messageSchema.parse({ title: 'Hello', ...change });
const made = (change: Partial<Message>) =>
  personalOf({ message: message(change), id: 'i', receipts: false, sites: [] });
const payloadOf = (change: Partial<Message>, recipient: Partial<Recipient>): Record<string, unknown> => {
  const personal = made(change);
  const fixed = personal.fix({ ...NOBODY, ...recipient });
  if ('missing' in fixed) throw new Error(`missing: ${fixed.missing.join()}`);
  return JSON.parse(personal.payload(fixed)) as Record<string, unknown>;
};

describe('variables', () => {
  it('are attributes, label, tags and external id, or what stands in their place', () => {
    expect(
      payloadOf(
        { title: 'Hi {{ label }} from {{city|your town}}', body: '{{tags}} {{externalId}} {{plan|none}}' },
        { label: 'Ann', externalId: 'a-1', tags: ['news', 'vip'], attributes: { city: 'Oslo' } },
      ),
    ).toMatchObject({ title: 'Hi Ann from Oslo', body: 'news, vip a-1 none' });
    expect(payloadOf({ title: 'From {{city|your town}}' }, {})).toMatchObject({ title: 'From your town' });
  });

  it('without value and fallback are named', () => {
    expect(made({ title: '{{city}} {{plan|x}}', body: '{{city}}' }).fix(NOBODY)).toEqual({
      language: '',
      values: {},
      missing: ['city'],
    });
  });

  it('are encoded in addresses', () => {
    const { url } = payloadOf(
      { url: 'https://a.example/{{p}}?q={{p}}#x' },
      { attributes: { p: 'a/b&c=#ü' } },
    );
    expect(url).toBe('https://a.example/a%2Fb%26c%3D%23%C3%BC?q=a%2Fb%26c%3D%23%C3%BC#x');
  });

  it.each([
    'https://{{h}}/',
    'https://{{h}}.example/',
    'https://a.example{{h}}/',
    'https://a.example:{{h|80}}/',
    'https://{{h}}@a.example/',
    'https:/{{h|}}/evil.example',
    '/{{h|}}/evil.example',
    '/{{h|}}\\evil.example',
  ])('cannot change the host of %s', (url) => {
    const parsed = { ...message({}), url };
    expect(variableFaults(parsed)).toMatchObject([{ path: ['url'] }]);
  });

  it.each([
    'https://a.example/{{h}}',
    'https://a.example?{{h}}',
    '/{{h}}',
    '/a/{{h}}/b',
    'https://a.example#{{h}}',
  ])('may stand in %s', (url) => {
    expect(variableFaults({ ...message({}), url })).toEqual([]);
  });

  it.each([
    '{{#a}}x{{/a}}',
    '{{>p}}',
    '{{{a}}}',
    '{{&a}}',
    '{{=<% %>=}}',
    '{{a',
    '{{}}',
    '{{1a}}',
    '{{!x}}',
    '{{__proto__}}',
    '{{a.b c}}',
    '{{a|{{b}}}}',
    '{{a|{{b|c}}}}',
    '{{a|x {{ }}',
  ])('are the only thing in braces: %s is refused', (title) => {
    expect(variableFaults({ ...message({}), title })).toMatchObject([{ path: ['title'] }]);
  });

  it('reach nothing that an object has by itself', () => {
    expect(made({ title: '{{constructor}} {{toString}}' }).fix(NOBODY)).toMatchObject({
      missing: ['constructor', 'toString'],
    });
  });

  it('whatever they hold, give the same fields, and neither controls nor text that runs backwards', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', '\\', '\n', '\u202e', '{{b}}', '"}', '\ud800', '</script>'),
    );
    const shape = {
      title: '{{a|x}}',
      body: 'B {{a|x}}',
      url: '/n?a={{a|x}}',
      data: '{"a":["{{a|x}}"]}',
      tag: '{{a|x}}',
    };
    const plain = Object.keys(buildPayload(message({ ...shape, title: 'x', tag: 'x' }), 'i')).sort();
    fc.assert(
      fc.property(
        fc.array(text).map((parts) => parts.join('')),
        (a) => {
          const payload = payloadOf(shape, { attributes: { a } });
          expect(Object.keys(payload).sort()).toEqual(plain);
          expect(JSON.stringify(payload['title'])).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
          expect(payload['body']).toBe(`B ${String(payload['title'])}`);
          expect(payload['data']).toEqual({ a: [payload['title']] });
          expect(payload['url']).toBe(`/n?a=${encodeURIComponent(String(payload['title']))}`);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('make a message personal; others are not', () => {
    expect(isPersonal(message({ title: '{{a}}' }))).toBe(true);
    expect(isPersonal(message({ title: 'a { b } {{' }))).toBe(false);
    expect(isPersonal(message({ data: '{"a":{"b":{}}}' }))).toBe(false);
  });
});

describe('languages', () => {
  const texts = {
    pt: { title: 'Olá {{name|você}}', body: '', url: '/pt', actions: ['Ler'] },
    'pt-BR': { title: 'Oi', body: '', url: '', actions: [] },
  };
  it.each([
    ['pt-BR', 'pt-BR'],
    ['pt-br-x-a', 'pt-BR'],
    ['pt_PT', 'pt'],
    ['PT', 'pt'],
    ['ptx', ''],
    ['', ''],
    ['de', ''],
  ])('of %j is %j', (wanted, got) => {
    expect(languageFor(wanted, ['pt', 'pt-BR'])).toBe(got);
  });

  it('give texts of their own, and those of the default where they have none', () => {
    const shape = { body: 'World', url: '/en', texts, actions: [{ title: 'Read', url: '/a' }] };
    expect(payloadOf(shape, { attributes: { language: 'pt-PT' } })).toMatchObject({
      title: 'Olá você',
      body: 'World',
      url: '/pt',
      lang: 'pt',
      actions: [{ title: 'Ler', url: '/a' }],
    });
    expect(payloadOf(shape, {})).toMatchObject({ title: 'Hello', url: '/en', actions: [{ title: 'Read' }] });
    expect(payloadOf(shape, {})).not.toHaveProperty('texts');
  });

  it('have the faults of their own variables', () => {
    expect(
      variableFaults(message({ texts: { de: { title: '{{a', body: '', url: '', actions: [] } } })),
    ).toMatchObject([{ path: ['texts', 'de', 'title'] }]);
  });
});
