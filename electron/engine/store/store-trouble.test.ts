import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import type { Topic } from '../../contract/changes.ts';
import { createStoreTrouble } from './store-trouble.ts';

function trouble() {
  const published: Topic[] = [];
  const made = createStoreTrouble({
    file: '/data/pushdesk.db',
    changes: {
      publish: (...topics) => {
        published.push(...topics);
      },
    },
  });
  return { ...made, published };
}

it('says why the store refuses, and nothing once it takes things again', () => {
  const { note, problem, published } = trouble();
  expect(problem()).toBeNull();
  note(new Database.SqliteError('database or disk is full', 'SQLITE_FULL'));
  expect(problem()?.code).toBe('disk-full');
  note(null);
  expect(problem()).toBeNull();
  expect(published).toEqual(['app', 'app']);
});

it('tells a change once, however often the store refuses', () => {
  const { note, published } = trouble();
  for (let round = 0; round < 3; round += 1) {
    note(new Database.SqliteError('database is locked', 'SQLITE_BUSY'));
  }
  expect(published).toEqual(['app']);
});

it('has words for a refusal that is not known', () => {
  const { note, problem } = trouble();
  note(new Error('something else'));
  expect(problem()).toMatchObject({ code: 'store-failed' });
});

it('keeps apart who was refused: one that is taken again says nothing about the others', () => {
  const { note, noteIfKnown, problem, published } = trouble();
  const full = () => new Database.SqliteError('database or disk is full', 'SQLITE_FULL');
  note(full());
  noteIfKnown(full(), 'search index');
  note(null);
  expect(problem()?.code).toBe('disk-full');
  noteIfKnown(null, 'search index');
  expect(problem()).toBeNull();
  expect(published).toEqual(['app', 'app']);
});

it('says nothing of a failure in the background that is not the disk', () => {
  const { noteIfKnown, problem } = trouble();
  noteIfKnown(new TypeError('a defect'), 'search index');
  expect(problem()).toBeNull();
});
