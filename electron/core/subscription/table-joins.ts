import type { Problem } from '../../contract/problem.ts';
import type { FieldRole, FieldRoles } from './record/field-role.ts';
import type { FoundRecord, Leaf } from './record/found-record.ts';
import { readRecord } from './record/read-record.ts';
import type { SubscriptionTextRow } from './region.ts';

/** A subscription in a dump, about which another table may say more. */
export interface HeldRecord {
  readonly kind: 'held';
  readonly line: number;
  readonly record: FoundRecord;
  /** The start of its row, if it has no endpoint. */
  readonly excerpt: string;
  /** What other tables name it by, if that is not in the record. */
  readonly id?: string | number | null;
}

/** A row of another table of a dump. */
export interface RowBeside {
  readonly kind: 'beside';
  readonly line: number;
  readonly table: string;
  readonly row: Readonly<Record<string, unknown>>;
  /** Whether it is certain which table its columns refer to. Only then the user that it names is the owner of its subscription. */
  readonly isCertain?: boolean;
}

export type TableFinding = HeldRecord | RowBeside;

/** A tag, or where to find its name. */
type Tag = string | { readonly table: string; readonly id: string };

/** How many subscriptions may wait for the tables after them. */
const MAX_HELD = 20_000;
/** How many rows of other tables are kept. */
const MAX_BESIDE = 200_000;
const MAX_TEXT = 200;
const ID = /^_?(?:id|pk|uuid)$/i;
/** What names a subscription in another table. */
export const ID_OF_SUBSCRIPTION =
  /^(?:(?:push|web)_?)*(?:subscription|subscriber|sub|device|registration)s?(?:_?id)?$/i;
/** The names of tables and columns that put people into groups. */
export const OF_A_GROUP = /(?:tag|topic|segment|group|categor(?:y|ie)|interest|list|channel)s?$/i;
const TAG_ID = /^(.*(?:tag|topic|segment|group|category|interest|list|channel))_?id$/i;
const TAG_NAME = /^(?:name|title|slug|label|tag|topic|value)$/i;
/** What a table of users says about them. */
const OF_A_PERSON: ReadonlySet<FieldRole> = new Set([
  'label',
  'firstName',
  'lastName',
  'email',
  'tags',
  'attribute',
]);

/** Combines what the tables of one dump say about a subscription: its tags, and who its user is. */
export interface TableJoins {
  /** @returns the rows about which nothing more can come */
  take(rows: readonly (SubscriptionTextRow | TableFinding)[]): SubscriptionTextRow[];
  end(): SubscriptionTextRow[];
}

export function createTableJoins(roles: FieldRoles): TableJoins {
  /** By table and id: what it says about the person with that id. */
  const persons = new Map<string, Map<string, Leaf[]>>();
  const tagNames = new Map<string, Map<string, string>>();
  /** By the id of a subscription: tags, or the tables and ids that have their names. */
  const tagsOf = new Map<string, Tag[]>();
  /** By the id of a subscription: whose it is. `null`: several people's. */
  const ownerOf = new Map<string, Leaf | null>();
  let waiting: (SubscriptionTextRow | HeldRecord)[] = [];
  let heldCount = 0;
  let besideCount = 0;
  /** Once too many have waited, none waits any longer. */
  let isOver = false;
  const toldTables = new Set<string>();

  /** Keeps what a row of another table says, and returns whether it says anything. */
  const keep = ({ table, row, isCertain = false }: RowBeside): boolean => {
    if (besideCount >= MAX_BESIDE) return false;
    const entries = Object.entries(row).filter(([, value]) => textOfCell(value) !== null);
    const found = (pattern: RegExp) => entries.find(([name]) => pattern.test(name));
    const owner = found(ID_OF_SUBSCRIPTION);
    if (owner !== undefined && entries.length <= 8) {
      const tags = entries.flatMap(([name, value]): Tag[] => {
        const text = textOfCell(value) ?? '';
        const other = TAG_ID.exec(name)?.[1];
        if (other !== undefined) return [{ table: plural(other), id: text }];
        return roles.of(name)?.role === 'tags' ? [text] : [];
      });
      const isPerson = ([name]: (typeof entries)[number]) =>
        name !== owner[0] && !ID.test(name) && roles.of(name)?.role === 'externalId';
      const person = isCertain ? entries.find(isPerson) : undefined;
      if (tags.length === 0 && person === undefined) return false;
      const id = textOfCell(owner[1]) ?? '';
      if (tags.length > 0) tagsOf.set(id, [...(tagsOf.get(id) ?? []), ...tags]);
      if (person !== undefined) {
        const [path, value] = person;
        const known = ownerOf.get(id);
        const isSame =
          known === undefined || (known !== null && textOfCell(known.value) === textOfCell(value));
        ownerOf.set(id, isSame ? { path, value } : null);
      }
      besideCount += 1;
      return true;
    }
    const id = textOfCell(found(ID)?.[1]);
    if (id === null) return false;
    const name = textOfCell(found(TAG_NAME)?.[1]);
    if (OF_A_GROUP.test(table) && name !== null) setIn(tagNames, plural(table), id, name);
    else {
      const said = entries
        .filter(([path]) => OF_A_PERSON.has(roles.of(path)?.role ?? 'former'))
        .map(([path, value]) => ({ path, value }));
      if (said.length === 0) return false;
      setIn(persons, plural(table), id, said);
    }
    besideCount += 1;
    return true;
  };

  const joined = ({ record, id: named }: HeldRecord): FoundRecord => {
    const ownId = textOfCell(named ?? record.own.find(({ path }) => ID.test(path))?.value) ?? '';
    const tags = (tagsOf.get(ownId) ?? []).flatMap((tag) =>
      typeof tag === 'string' ? [tag] : (find(tagNames, tag.table, tag.id) ?? []),
    );
    const owner = ownerOf.get(ownId) ?? null;
    const links = owner === null ? [] : [owner];
    const person = [...record.own, ...links].flatMap(({ path, value }) => {
      const table = /^(.+?)_?id$/i.exec(path)?.[1];
      const id = textOfCell(value);
      return table === undefined || id === null ? [] : (find(persons, plural(table), id) ?? []);
    });
    if (tags.length === 0 && person.length === 0 && owner === null) return record;
    const said = tags.length === 0 ? [] : [{ path: 'tags', value: tags }];
    return { ...record, around: [...said, ...links, ...person, ...record.around] };
  };

  const read = (row: SubscriptionTextRow | HeldRecord): SubscriptionTextRow => {
    if (row.kind !== 'held') return row;
    const { line, excerpt } = row;
    const result = readRecord(joined(row), roles, true);
    return result.kind === 'row'
      ? { ...result, line }
      : { kind: 'bad', line, problem: result.problem, excerpt: result.endpoint.slice(0, 100) || excerpt };
  };

  const letGo = (): SubscriptionTextRow[] => {
    const rows = waiting.map(read);
    waiting = [];
    return rows;
  };

  return {
    take(found) {
      const rows: SubscriptionTextRow[] = [];
      for (const one of found) {
        if (one.kind === 'beside') {
          const isTold = keep(one) && isOver && !toldTables.has(one.table);
          if (isTold) {
            toldTables.add(one.table);
            rows.push({ kind: 'bad', line: one.line, problem: tooLate(one.table), excerpt: one.table });
          }
          continue;
        }
        if (one.kind === 'held') heldCount += 1;
        if (isOver || heldCount === 0) rows.push(read(one));
        else waiting.push(one);
        if (!isOver && heldCount > MAX_HELD) {
          isOver = true;
          for (const row of letGo()) rows.push(row);
        }
      }
      return rows;
    },
    end: letGo,
  };
}

const tooLate = (table: string): Problem => ({
  code: 'table-apart',
  cause: `The table “${table}” says more about these subscriptions, but stands behind more than 20,000 of them and was not read.`,
  cure: 'Move it to the start of the file, or export both as one table.',
});

function setIn<Value>(tables: Map<string, Map<string, Value>>, table: string, id: string, value: Value) {
  const rows = tables.get(table) ?? new Map<string, Value>();
  rows.set(id, value);
  tables.set(table, rows);
}

/** Looks in the table of that name, and in those with a prefix: `wp_users`, `auth_user`. */
function find<Value>(
  tables: ReadonlyMap<string, ReadonlyMap<string, Value>>,
  table: string,
  id: string,
): Value | undefined {
  const own = tables.get(table)?.get(id);
  if (own !== undefined) return own;
  for (const [name, rows] of tables) if (name.endsWith(`_${table}`)) return rows.get(id);
  return undefined;
}

/** One name for `user`, `Users` and `USER`. */
const plural = (name: string): string => name.toLowerCase().replace(/ies$/, 'y').replace(/s?$/, 's');

function textOfCell(value: unknown): string | null {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return typeof value === 'string' && value !== '' && value.length <= MAX_TEXT ? value : null;
}
