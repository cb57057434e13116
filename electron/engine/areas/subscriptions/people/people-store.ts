import type { WritableDb } from '../../../store/database.ts';
import { parsed, soundLines, soundTexts } from '../../../store/sound.ts';

/** What is stored about a person. Tags are ids of facts. */
export interface PersonValues {
  readonly label: string | null;
  readonly externalId: string | null;
  /** In ascending order, each once. */
  readonly tags: readonly number[];
  readonly attributes: Readonly<Record<string, string>>;
  /** Attributes whose value came from the page. */
  readonly pageNames: readonly string[];
  /** Keys of the tags that the owner took away most recently: the page does not bring them back. */
  readonly removedTags: readonly string[];
}

export const NOBODY: PersonValues = {
  label: null,
  externalId: null,
  tags: [],
  attributes: {},
  pageNames: [],
  removedTags: [],
};

export interface PeopleStore {
  /** Only those about whom something is known. */
  many(ids: readonly number[]): Map<number, PersonValues>;
  /** Those about whom nothing was known. */
  add(rows: readonly Row[]): void;
  /** The same, with the columns as they are stored. */
  addStored(rows: readonly StoredPerson[]): void;
  /** Overwrites what was there. */
  put(rows: readonly Row[]): void;
  remove(ids: readonly number[]): void;
  /** Ids of rows that have one of these. */
  withExternalIds(externalIds: readonly string[]): number[];
  /** Those of these that no row has. */
  unusedExternalIds(externalIds: readonly string[]): string[];
}

/** The person of a new row: nothing came from the page, and no tags were taken away. */
export type StoredPerson = readonly [
  id: number,
  label: string | null,
  externalId: string | null,
  tags: string,
  attributes: string,
];

/** A row of `people`, or its columns in a join where there may be no such row. */
export interface RawPerson {
  label: string | null;
  external_id: string | null;
  tags: string | null;
  attributes: string | null;
  page_names: string | null;
  /** Not read unless asked for. */
  removed_tags?: string | null;
}

export function createPeopleStore(db: WritableDb): PeopleStore {
  const some = db.read<{ ids: string }, RawPerson & { id: number }>(
    `SELECT id, label, external_id, tags, attributes, page_names, removed_tags FROM people
     WHERE id IN (SELECT value FROM json_each(@ids))`,
  );
  const insert = writerOf(db, 'INSERT', COLUMNS);
  const insertStored = writerOf(db, 'INSERT', COLUMNS.slice(0, 5));
  const put = writerOf(db, 'INSERT OR REPLACE', COLUMNS);
  const drop = db.write<{ ids: string }>(
    'DELETE FROM people WHERE id IN (SELECT value FROM json_each(@ids))',
  );
  const named = db.read<{ externalIds: string }, { id: number }>(
    `SELECT id FROM people WHERE external_id IS NOT NULL
       AND external_id IN (SELECT value FROM json_each(@externalIds))`,
  );
  const unused = db.read<{ externalIds: string }, { externalId: string }>(
    `SELECT asked.value AS externalId FROM json_each(@externalIds) AS asked
     WHERE NOT EXISTS (SELECT 1 FROM people WHERE external_id IS NOT NULL AND external_id = asked.value)`,
  );
  return {
    many: (ids) =>
      new Map(some.all({ ids: JSON.stringify(ids) }).map((raw) => [raw.id, toPerson(raw)] as const)),
    add(rows) {
      const known = rows.filter(({ person }) => !isNobody(person));
      insert(known.map(bound));
    },
    addStored: (rows) => {
      insertStored(rows);
    },
    put(rows) {
      const known = rows.filter(({ person }) => !isNobody(person));
      put(known.map(bound));
      const nobody = rows.filter(({ person }) => isNobody(person)).map(({ id }) => id);
      if (nobody.length > 0) drop.run({ ids: JSON.stringify(nobody) });
    },
    remove(ids) {
      drop.run({ ids: JSON.stringify(ids) });
    },
    withExternalIds: (externalIds) =>
      named.all({ externalIds: JSON.stringify(externalIds) }).map(({ id }) => id),
    unusedExternalIds: (externalIds) =>
      unused.all({ externalIds: JSON.stringify(externalIds) }).map(({ externalId }) => externalId),
  };
}

type Row = Readonly<{ id: number; person: PersonValues }>;

/**
 * This many rows go into one statement with bound values: that takes half the time of reading them out of JSON, which SQLite parses again
 * for each value, and two thirds of the time of one statement per row.
 */
const ROWS_AT_A_TIME = 40;

const COLUMNS = ['id', 'label', 'external_id', 'tags', 'attributes', 'page_names', 'removed_tags'] as const;

function writerOf(
  db: WritableDb,
  verb: string,
  columns: readonly string[],
): (rows: readonly (readonly unknown[])[]) => void {
  const row = `(${columns.map(() => '?').join(', ')})`;
  const statement = (count: number) =>
    db.write<unknown[]>(
      `${verb} INTO people (${columns.join(', ')}) VALUES ${Array.from({ length: count }, () => row).join(', ')}`,
    );
  const many = statement(ROWS_AT_A_TIME);
  const one = statement(1);
  return (rows) => {
    const whole = rows.length - (rows.length % ROWS_AT_A_TIME);
    for (let from = 0; from < whole; from += ROWS_AT_A_TIME)
      many.run(rows.slice(from, from + ROWS_AT_A_TIME).flat());
    for (const row of rows.slice(whole)) one.run([...row]);
  };
}

const bound = ({ id, person }: Row): unknown[] => [
  id,
  person.label,
  person.externalId,
  json(person.tags),
  JSON.stringify(person.attributes),
  json(person.pageNames),
  json(person.removedTags),
];

const json = (list: readonly unknown[]): string => (list.length === 0 ? '[]' : JSON.stringify(list));

/** [Note: damaged rows] */
export function toPerson(raw: RawPerson): PersonValues {
  return {
    label: raw.label,
    externalId: raw.external_id,
    tags: tagsOf(raw.tags),
    attributes: attributesOf(raw.attributes),
    pageNames: raw.page_names === null || raw.page_names === '[]' ? [] : soundLines(raw.page_names),
    removedTags:
      raw.removed_tags === null || raw.removed_tags === undefined || raw.removed_tags === '[]'
        ? []
        : soundLines(raw.removed_tags),
  };
}

/** Checked by hand, as in `soundTexts`. */
export function tagsOf(text: string | null): number[] {
  if (text === null || text === '[]') return [];
  const value = parsed(text);
  return Array.isArray(value) ? value.filter(isFactId) : [];
}

export const attributesOf = (text: string | null): Record<string, string> =>
  text === null || text === '{}' ? {} : soundTexts(text);

/** With more tags than this, the ids of its rows would exceed the safe integers. */
function isFactId(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) <= 1_000_000_000;
}

function isNobody({ label, externalId, tags, attributes, pageNames, removedTags }: PersonValues): boolean {
  if (label !== null || externalId !== null || tags.length > 0) return false;
  return Object.keys(attributes).length + pageNames.length + removedTags.length === 0;
}
