import type { ReadableDb, WritableDb } from '../../../store/database.ts';
import { soundCount, soundCountSql } from '../../../store/sound.ts';
import { changeRows, unpackRows, type PackedRows, type RowBits } from '../../../store/row-bits.ts';

export type FactKind = 'tag' | 'attribute' | 'value';

export interface Fact {
  readonly id: number;
  readonly name: string;
  readonly count: number;
}

export interface AttributeFact extends Fact {
  readonly valueCount: number;
  /** It also has values that are not facts. */
  readonly hasMore: boolean;
}

/** How facts and the rows that have them are read. See [Note: facts]. */
export interface FactReader {
  tag(key: string): Fact | null;
  attribute(name: string): AttributeFact | null;
  value(name: string, value: string): Fact | null;
  /** The name of a tag; `null`: there is none with that id. */
  nameOf(id: number): string | null;
  tags(): Fact[];
  attributes(): AttributeFact[];
  /**
   * Most frequent first.
   * @param pattern for LIKE, escaped with a backslash
   */
  values(name: string, pattern: string, limit: number): { value: string; count: number }[];
  /** All values of one attribute that are kept as facts. */
  valueIds(name: string): Map<string, number>;
  /** Ids of tags and values that contain a text. */
  holding(pattern: string): number[];
  /** Names of attributes that have values which are not facts. */
  crowded(): string[];
  /** Rows of one stretch; `null`: none. */
  rows(fact: number, stretch: number): RowBits | null;
}

/** Ids of one stretch that have a fact now, and those that had it before. */
export interface FactRowsChange {
  readonly fact: number;
  readonly stretch: number;
  readonly added: readonly number[];
  readonly removed: readonly number[];
}

export interface FactStore extends FactReader {
  add(kind: FactKind, key: string, value: string, name: string, fromPage: boolean): number;
  /** The attribute has one more value: a fact, or one that is not. */
  noteValue(attribute: number, isFact: boolean): void;
  rename(tag: number, key: string, name: string): void;
  /** The owner has used it: it no longer counts as the page's. */
  adopt(id: number): void;
  /** How many names of this kind came from the page and have never been used by the owner. */
  pageCount(kind: FactKind): number;
  /** Adds rows to facts and removes others, each fact of a stretch once, and updates the facts' counts. */
  changeRows(changes: readonly FactRowsChange[]): void;
  /** Facts that no row has any more. */
  dropUnused(ids: readonly number[]): void;
}

interface Raw {
  id: number;
  name: string;
  count: number;
  value_count: number;
  has_more: number;
}

/** More than there are facts. */
const FACTS = 1_000_000_000;
/** Of the rows of a stretch that have a fact: those of a stretch lie side by side, whatever their fact. [Note: facts by stretch] */
export const factRowsId = (fact: number, stretch: number): number => stretch * FACTS + fact;
/** This many go into one statement with bound values, because an import writes hundreds of facts with each batch. */
const PUT_AT_A_TIME = 40;
const COLUMNS = 'id, name, count, value_count, has_more';

export function createFactReader(db: ReadableDb): FactReader {
  const one = db.read<{ kind: FactKind; key: string; value: string }, Raw>(
    `SELECT ${COLUMNS} FROM facts WHERE kind = @kind AND key = @key AND value = @value`,
  );
  const byId = db.read<{ id: number }, { name: string }>('SELECT name FROM facts WHERE id = @id');
  const all = db.read<{ kind: FactKind }, Raw>(
    `SELECT ${COLUMNS} FROM facts WHERE kind = @kind AND count > 0 ORDER BY key`,
  );
  const values = db.read<{ name: string; pattern: string; limit: number }, { value: string; count: number }>(
    `SELECT value, count FROM facts WHERE kind = 'value' AND key = @name AND count > 0 AND value LIKE @pattern ESCAPE '\\'
     ORDER BY count DESC, value LIMIT @limit`,
  );
  const valueIds = db.read<{ name: string }, { value: string; id: number }>(
    `SELECT value, id FROM facts WHERE kind = 'value' AND key = @name`,
  );
  const holding = db.read<{ pattern: string }, { id: number }>(
    `SELECT id FROM facts WHERE count > 0
       AND (kind = 'tag' AND name LIKE @pattern ESCAPE '\\' OR kind = 'value' AND value LIKE @pattern ESCAPE '\\')`,
  );
  const crowded = db.read<object, { name: string }>(
    `SELECT name FROM facts WHERE kind = 'attribute' AND has_more = 1 AND count > 0`,
  );
  const rows = db.read<{ id: number }, PackedRows>('SELECT count, rows FROM fact_rows WHERE id = @id');

  return {
    tag: (key) => toFactOrNull(one.get({ kind: 'tag', key, value: '' })),
    attribute: (name) => toAttribute(one.get({ kind: 'attribute', key: name, value: '' })),
    value: (name, value) => toFactOrNull(one.get({ kind: 'value', key: name, value })),
    nameOf: (id) => byId.get({ id })?.name ?? null,
    tags: () => all.all({ kind: 'tag' }).map(toFact),
    attributes: () => all.all({ kind: 'attribute' }).flatMap((raw) => toAttribute(raw) ?? []),
    values: (name, pattern, limit) =>
      values.all({ name, pattern, limit }).map(({ value, count }) => ({ value, count: soundCount(count) })),
    valueIds: (name) => new Map(valueIds.all({ name }).map(({ value, id }) => [value, id] as const)),
    holding: (pattern) => holding.all({ pattern }).map(({ id }) => id),
    crowded: () => crowded.all({}).map(({ name }) => name),
    rows(fact, stretch) {
      const packed = rows.get({ id: factRowsId(fact, stretch) });
      return packed === undefined ? null : unpackRows(packed);
    },
  };
}

export function createFactStore(db: WritableDb): FactStore {
  const insert = db.write<{ kind: FactKind; key: string; value: string; name: string; fromPage: number }>(
    `INSERT INTO facts (kind, key, value, name, from_page) VALUES (@kind, @key, @value, @name, @fromPage)`,
  );
  const oneMore = db.write<{ id: number }>(
    `UPDATE facts SET value_count = ${soundCountSql('value_count')} + 1 WHERE id = @id`,
  );
  const crowd = db.write<{ id: number }>('UPDATE facts SET has_more = 1 WHERE id = @id AND has_more = 0');
  const rename = db.write<{ id: number; key: string; name: string }>(
    'UPDATE facts SET key = @key, name = @name WHERE id = @id',
  );
  const adopt = db.write<{ id: number }>('UPDATE facts SET from_page = 0 WHERE id = @id AND from_page = 1');
  const ofPage = db.read<{ kind: FactKind }, { count: number }>(
    'SELECT count(*) AS count FROM facts WHERE kind = @kind AND from_page = 1',
  );
  const some = db.read<{ ids: string }, PackedRows & { id: number }>(
    'SELECT id, count, rows FROM fact_rows WHERE id IN (SELECT value FROM json_each(@ids))',
  );
  const putting = (rows: number) =>
    db.write<unknown[]>(
      `INSERT OR REPLACE INTO fact_rows (id, count, rows) VALUES ${Array.from({ length: rows }, () => '(?, ?, ?)').join(', ')}`,
    );
  const putMany = putting(PUT_AT_A_TIME);
  const putOne = putting(1);
  const drop = db.write<{ id: number }>('DELETE FROM fact_rows WHERE id = @id');
  const count = db.write<{ more: string }>(
    `UPDATE facts SET count = ${soundCountSql('count')} + told.more
     FROM (SELECT value ->> 0 AS fact, value ->> 1 AS more FROM json_each(@more)) AS told WHERE facts.id = told.fact`,
  );
  // A value that disappears makes room for another.
  const leave = db.write<{ ids: string }>(
    `UPDATE facts SET value_count = ${soundCountSql('value_count')} - (
       SELECT count(*) FROM facts v WHERE v.kind = 'value' AND v.key = facts.key AND v.count = 0
         AND v.id IN (SELECT value FROM json_each(@ids)))
     WHERE kind = 'attribute' AND key IN (
       SELECT key FROM facts WHERE kind = 'value' AND count = 0 AND id IN (SELECT value FROM json_each(@ids)))`,
  );
  const unused = db.write<{ ids: string }>(
    'DELETE FROM facts WHERE count = 0 AND id IN (SELECT value FROM json_each(@ids))',
  );

  return {
    ...createFactReader(db),
    add: (kind, key, value, name, fromPage) =>
      insert.run({ kind, key, value, name, fromPage: fromPage ? 1 : 0 }).lastId,
    noteValue(attribute, isFact) {
      (isFact ? oneMore : crowd).run({ id: attribute });
    },
    rename(tag, key, name) {
      rename.run({ id: tag, key, name });
    },
    adopt(id) {
      adopt.run({ id });
    },
    pageCount: (kind) => ofPage.get({ kind })?.count ?? 0,
    changeRows(changes) {
      const idOf = ({ fact, stretch }: FactRowsChange) => factRowsId(fact, stretch);
      const known = new Map(
        some.all({ ids: JSON.stringify(changes.map(idOf)) }).map((row) => [row.id, row] as const),
      );
      const more = new Map<number, number>();
      const written: [id: number, count: number, rows: Uint8Array][] = [];
      for (const change of changes) {
        const id = idOf(change);
        const after = changeRows(known.get(id) ?? null, change.added, change.removed);
        if (after.count === 0) drop.run({ id });
        else written.push([id, after.count, after.rows]);
        const difference = after.count - after.countBefore;
        if (difference !== 0) more.set(change.fact, (more.get(change.fact) ?? 0) + difference);
      }
      const whole = written.length - (written.length % PUT_AT_A_TIME);
      for (let from = 0; from < whole; from += PUT_AT_A_TIME)
        putMany.run(written.slice(from, from + PUT_AT_A_TIME).flat());
      for (const one of written.slice(whole)) putOne.run(one);
      if (more.size > 0) count.run({ more: JSON.stringify([...more]) });
    },
    dropUnused(ids) {
      const given = JSON.stringify(ids);
      leave.run({ ids: given });
      unused.run({ ids: given });
    },
  };
}

/** [Note: damaged rows] */
function toFact({ id, name, count }: Raw): Fact {
  return { id, name, count: soundCount(count) };
}

const toFactOrNull = (raw: Raw | undefined): Fact | null => (raw === undefined ? null : toFact(raw));

function toAttribute(raw: Raw | undefined): AttributeFact | null {
  if (raw === undefined) return null;
  return { ...toFact(raw), valueCount: soundCount(raw.value_count), hasMore: raw.has_more === 1 };
}
