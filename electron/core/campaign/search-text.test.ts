import { expect, it } from 'vitest';
import { foldText, searchTextOf } from './search-text.ts';

it('takes title, body and tag, in every language, and nothing else', () => {
  const text = searchTextOf({
    title: 'ÄPFEL',
    body: 'Frisch',
    tag: 'Obst',
    url: '/secret',
    texts: { de: { title: 'Birnen' }, ar: { body: 'تفاح' } },
    actions: [{ title: 'Kaufen', url: '/secret' }],
  });
  expect(text.split('\n')).toEqual(['äpfel', 'frisch', 'obst', 'birnen', 'تفاح', 'kaufen']);
});

it('reads whatever stands there', () => {
  for (const odd of [null, 1, 'x', [], [null, { title: 2 }]]) expect(searchTextOf(odd)).toBe('');
});

it('folds case and forms beyond ASCII', () => {
  expect(foldText('E\u0301COLE Ｗｉｄｅ')).toBe('école wide');
});
