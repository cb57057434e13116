import { expect, it } from 'vitest';
import { isSameSecret } from './same-secret.ts';

const AUTH = 'AAECAwQFBgcICQoLDA0ODw';

it('tells secrets apart by their bytes', () => {
  expect(isSameSecret(`${AUTH}==`, AUTH)).toBe(true);
  for (const other of ['', null, '%', 'AAECAwQFBgcICQoLDA0ODg', `${AUTH}AA`])
    expect(isSameSecret(other, AUTH)).toBe(false);
  expect(isSameSecret('%', '%')).toBe(false);
});
