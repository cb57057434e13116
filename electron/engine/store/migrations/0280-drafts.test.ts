import { expect, it } from 'vitest';
import { z } from 'zod';
import { migrated } from '../../testing/migrated.ts';

const seed = (value: string) =>
  `INSERT INTO settings (name, value) VALUES ('draft', '${value}'), ('app', '{}');`;

it('migration 280 makes the draft that Compose kept the first of many', () => {
  const value = '{"message":{"title":"Hi {{name}}","tomorrow":[1]},"audience":{"kind":"chosen","ids":[7]}}';
  migrated(280, seed(value), ({ rows }) => {
    const [draft, ...others] = rows('SELECT * FROM drafts') as Record<string, unknown>[];
    expect(others).toEqual([]);
    expect(draft).toMatchObject({
      id: 1,
      message: '{"title":"Hi {{name}}","tomorrow":[1]}',
      audience: '{"kind":"chosen","ids":[7]}',
      choices: '{}',
      revision: 1,
      left_as: null,
    });
    expect(z.uuid().safeParse(draft?.['request_id']).success).toBe(true);
    expect(Math.abs(Number(draft?.['updated_at']) - Date.now())).toBeLessThan(3_600_000);
    expect(rows('SELECT name FROM settings')).toEqual([{ name: 'app' }]);
  });
});

it('keeps recipients that are still to be chosen', () => {
  migrated(280, seed('{"message":{"title":"A"},"audience":null}'), ({ rows }) => {
    expect(rows('SELECT audience FROM drafts')).toEqual([{ audience: 'null' }]);
  });
});

it.each(['null', '7', 'no json', '{"message":3}', '[]'])(
  'begins without a draft where there was none: %s',
  (value) => {
    migrated(280, seed(value), ({ rows }) => {
      expect(rows('SELECT * FROM drafts')).toEqual([]);
      expect(rows('SELECT name FROM settings')).toEqual([{ name: 'app' }]);
    });
  },
);
