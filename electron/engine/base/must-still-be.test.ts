import { expect, it } from 'vitest';
import { mustStillBe } from './must-still-be.ts';

const now = { name: 'Shop', label: null, sites: ['https://a.example'], filter: { tags: ['x'], search: '' } };

it.each([
  ['nothing that the caller saw', undefined],
  ['fields that are as they were', { name: 'Shop', label: null }],
  [
    'lists and objects that hold the same',
    { sites: ['https://a.example'], filter: { search: '', tags: ['x'] } },
  ],
  ['a field that was left out', { name: undefined }],
])('lets pass %s', (_what, was) => {
  expect(() => {
    mustStillBe(now, was as Partial<typeof now> | undefined);
  }).not.toThrow();
});

it.each([
  ['a text', { name: 'Store' }, 'name', 'changed elsewhere to “Shop”'],
  ['what was cleared', { label: 'Phone' as never }, 'label', 'cleared elsewhere'],
  ['a list', { sites: [] }, 'sites', 'changed elsewhere while'],
])(
  'refuses a change that rests on another state of %s, and says what is there',
  (_what, was, field, cause) => {
    expect(() => {
      mustStillBe(now, was);
    }).toThrow(
      expect.objectContaining({
        kind: 'CONFLICT',
        problem: expect.objectContaining({
          code: 'changed-elsewhere',
          field,
          cause: expect.stringContaining(cause) as string,
        }) as object,
      }) as Error,
    );
  },
);
