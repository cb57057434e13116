import type { WritableDb } from '../../../store/database.ts';
import { parsed, soundLines, soundTexts } from '../../../store/sound.ts';

/** What is stored of a person. Tags are ids of facts. */
export interface PersonValues {
  readonly label: string | null;
  readonly externalId: string | null;
  /** In ascending order, each once. */
  readonly tags: readonly number[];
  readonly attributes: Readonly<Record<string, string>>;
  /** Attributes whose value the page told. */
  readonly pageNames: readonly string[];
  /** Keys of tags that the owner took away, the last ones: the page does not bring them again. */
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
  /** Only those of whom something is known. */
  many(ids: readonly number[]): Map<number, PersonValues>;
  /** Those of whom nothing was known. */
  add(rows: readonly { readonly id: number; readonly person: PersonValues }[]): void;
  /** Writes over what was there. */
  put(rows: readonly { readonly id: number; readonly person: PersonValues }[]): void;
  remove(ids: readonly number[]): void;
  /** Ids of rows that have one of these. */
  withExternalIds(externalIds: readonly string[]): number[];
}

/** A row of `people`, or the columns of one that is joined where there may be none. */
export interface RawPerson {
  label: string | null;
  external_id: string | null;
  tags: string | null;
  attributes: string | null;
  page_names: string | null;
  /** Not read where it is not asked for. */
  removed_tags?: string | null;
}

export function createPeopleStore(db: WritableDb): PeopleStore {
  const some = db.read<{ ids: string }, RawPerson & { id: number }>(
    `SELECT id, label, external_id, tags, attributes, page_names, removed_tags FROM people
     WHERE id IN (SELECT value FROM json_each(@ids))`,
  );
  // Lists and objects within the JSON come out as the JSON that they are.
  const values = `INTO people (id, label, external_id, tags, attributes, page_names, removed_tags)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6 FROM json_each(@rows)`;
  const insert = db.write<{ rows: string }>(`INSERT ${values}`);
  const put = db.write<{ rows: string }>(`INSERT OR REPLACE ${values}`);
  const drop = db.write<{ ids: string }>(
    'DELETE FROM people WHERE id IN (SELECT value FROM json_each(@ids))',
  );
  const named = db.read<{ externalIds: string }, { id: number }>(
    `SELECT id FROM people WHERE external_id IS NOT NULL
       AND external_id IN (SELECT value FROM json_each(@externalIds))`,
  );
  return {
    many: (ids) =>
      new Map(some.all({ ids: JSON.stringify(ids) }).map((raw) => [raw.id, toPerson(raw)] as const)),
    add(rows) {
      const known = rows.filter(({ person }) => !isNobody(person));
      if (known.length > 0) insert.run({ rows: packed(known) });
    },
    put(rows) {
      const known = rows.filter(({ person }) => !isNobody(person));
      if (known.length > 0) put.run({ rows: packed(known) });
      const nobody = rows.filter(({ person }) => isNobody(person)).map(({ id }) => id);
      if (nobody.length > 0) drop.run({ ids: JSON.stringify(nobody) });
    },
    remove(ids) {
      drop.run({ ids: JSON.stringify(ids) });
    },
    withExternalIds: (externalIds) =>
      named.all({ externalIds: JSON.stringify(externalIds) }).map(({ id }) => id),
  };
}

function packed(rows: readonly { readonly id: number; readonly person: PersonValues }[]): string {
  return JSON.stringify(
    rows.map(({ id, person: { label, externalId, tags, attributes, pageNames, removedTags } }) => [
      id,
      label,
      externalId,
      tags,
      attributes,
      pageNames,
      removedTags,
    ]),
  );
}

/** [Note: damaged rows] */
export function toPerson(raw: RawPerson): PersonValues {
  return {
    label: raw.label,
    externalId: raw.external_id,
    tags: raw.tags === null || raw.tags === '[]' ? [] : tagsOf(raw.tags),
    attributes: raw.attributes === null || raw.attributes === '{}' ? {} : soundTexts(raw.attributes),
    pageNames: raw.page_names === null || raw.page_names === '[]' ? [] : soundLines(raw.page_names),
    removedTags:
      raw.removed_tags === null || raw.removed_tags === undefined || raw.removed_tags === '[]'
        ? []
        : soundLines(raw.removed_tags),
  };
}

/** By hand, as `soundTexts`. */
function tagsOf(text: string): number[] {
  const value = parsed(text);
  return Array.isArray(value) ? value.filter(isFactId) : [];
}

/** With more, the ids of its rows would leave the safe integers. */
function isFactId(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) <= 1_000_000_000;
}

function isNobody({ label, externalId, tags, attributes, pageNames, removedTags }: PersonValues): boolean {
  if (label !== null || externalId !== null || tags.length > 0) return false;
  return Object.keys(attributes).length + pageNames.length + removedTags.length === 0;
}
