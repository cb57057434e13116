import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../support/surroundings.ts';
import { markdown, scaleTables } from './scale-doc.ts';
import { simulate, type Setup } from './scale.ts';

const COSTS = { coordinator: 100, database: 20, worker: 400 };
const SETUP: Setup = {
  coordinators: 1,
  databaseCores: 4,
  workers: 1,
  cores: 2,
  inFlight: 1024,
  latencyMs: 50,
  servicesTake: null,
};
const rate = (change: Partial<Setup>, costs = COSTS) => simulate(costs, { ...SETUP, ...change });

it.each([
  // What a station does in a second, divided by what a message takes there.
  ['workers', { workers: 1 }, 5000],
  ['coordinator', { workers: 16 }, 10_000],
  ['services', { workers: 16, servicesTake: 3000 }, 3000],
] as const)('finds the limit, and what it lets through: %s', (limit, change, perSecond) => {
  const found = rate(change);
  expect(found.limit).toBe(limit);
  expect(found.perSecond / perSecond).toBeGreaterThan(0.95);
  expect(found.perSecond / perSecond).toBeLessThan(1.05);
});

it('finds a database that is too small, and a wire that is too long', () => {
  expect(rate({ workers: 16, databaseCores: 1 }, { ...COSTS, database: 400 }).limit).toBe('database');
  // By Little's law: 1,024 on the wire for two seconds.
  const far = rate({ latencyMs: 2000 });
  expect(far.limit).toBe('wire');
  expect(far.perSecond).toBeLessThan(1024 / 2);
});

it('grows with workers until something else is full, and comes to the same each time', () => {
  const rates = [1, 2, 3].map((workers) => rate({ workers, coordinators: 9 }).perSecond);
  expect(rates[1] ?? 0).toBeGreaterThan(1.9 * (rates[0] ?? 0));
  expect(rates[2] ?? 0).toBeGreaterThan(2.8 * (rates[0] ?? 0));
  expect(rate({})).toEqual(rate({}));
});

it('stands in docs/scale.md as it is', () => {
  const squeezed = (text: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) =>
        line
          .replaceAll(/\s+/g, ' ')
          .replaceAll(/-{3,}/g, '---')
          .replaceAll(/ ?\| ?/g, '|'),
      );
  const page = readFileSync(path.join(ROOT, 'docs/scale.md'), 'utf8');
  expect(squeezed(page)).toEqual(Object.values(scaleTables()).flatMap((rows) => squeezed(markdown(rows))));
});
