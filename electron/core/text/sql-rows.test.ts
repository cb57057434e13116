import { expect, it } from 'vitest';
import { bareName, SQL_NAME } from './sql-rows.ts';

const ONE_NAME = new RegExp(`^(?:${SQL_NAME})$`);

it.each([
  ['subs', 'subs'],
  ['`subs`', 'subs'],
  ['"public"."push_subs"', 'push_subs'],
  ['"public.push_subs"', 'push_subs'],
  ['[My Shop].[dbo].[subs]', 'subs'],
  ['[dbo.subs]', 'subs'],
  ['`shop-1.news.subs`', 'subs'],
  ['`my shop`.`subs`', 'subs'],
  ['public . subs', 'subs'],
  ['TABLE shop.subs', 'subs'],
])('%s is the name of a table', (name, bare) => {
  expect(ONE_NAME.test(name)).toBe(true);
  expect(bareName(name)).toBe(bare);
});

it('many blanks, words or quotes without an end are soon found to be no name', () => {
  for (const part of [' ', 'a ', 'a', '"', '"a ', '. ', '[a.'])
    expect(ONE_NAME.test(`a ${part.repeat(50_000)}!`)).toBe(false);
});
