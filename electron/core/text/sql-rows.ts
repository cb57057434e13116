/** The rows of values that follow in a dump, and how their strings are written. */
export interface SqlRows {
  readonly kind: 'values' | 'copy';
  readonly table: string;
  /** `null`: neither the statement nor a `CREATE TABLE` before it has named them. */
  readonly columns: readonly string[] | null;
  /** MySQL treats a backslash in a string as an escape; PostgreSQL and SQLite take it literally. */
  readonly hasEscapes: boolean;
}

/** What is found in a dump: the head of rows, the columns of a table; `unfinished`: more text could make it one of these. */
export type SqlHead =
  | { kind: 'rows'; rows: SqlRows; end: number }
  | { kind: 'table'; table: string; columns: string[]; end: number }
  | { kind: 'unfinished' }
  | { kind: 'other' };

/** An SQL name, perhaps with its database and schema before it. */
export const SQL_NAME = String.raw`(?:(?:[\x60"\[][\w$ -]{1,64}|(?:[\w$-]{1,40} ){0,3}[\w$-]{1,64})[\x60"\]]?\s*\.\s*){0,2}[\x60"\[]?[\w$-]{1,64}[\x60"\]]?`;
const INSERT = new RegExp(
  String.raw`(?:INSERT|REPLACE)\s+(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|OR\s+\w+)\s+){0,3}(?:INTO\s+)?(${SQL_NAME})(?:\s*(\([^()]{0,4000}\)))?\s*(?:OVERRIDING\s+\w+\s+VALUE\s+)?VALUES?\s*`,
  'iy',
);
const COPY = new RegExp(
  String.raw`COPY\s+(${SQL_NAME})(?:\s*(\([^()]{0,4000}\)))?\s+FROM\s+stdin[^;\n]{0,200};[ \t]*\r?\n`,
  'iy',
);
const CREATE = new RegExp(
  String.raw`CREATE\s+(?:TEMP(?:ORARY)?\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(${SQL_NAME})\s*\(`,
  'iy',
);
const NO_COLUMN = /^(?:PRIMARY|KEY|UNIQUE|CONSTRAINT|INDEX|FOREIGN|CHECK|FULLTEXT|SPATIAL|EXCLUDE|LIKE)\b/i;
const MAX_HEAD = 5000;
const MAX_TABLE = 20_000;
const MAX_ROW = 200_000;

/** Reads a statement's head that starts here: `INSERT INTO … VALUES`, `COPY … FROM stdin;` or `CREATE TABLE`. */
export function readSqlHead(
  text: string,
  at: number,
  end: number,
  tables: ReadonlyMap<string, readonly string[]>,
): SqlHead {
  const first = text.slice(at, at + 7).toUpperCase();
  if (first.startsWith('CREATE')) return readTable(text, at, end);
  const isCopy = first.startsWith('COPY');
  const pattern = isCopy ? COPY : INSERT;
  pattern.lastIndex = at;
  const found = pattern.exec(text);
  if (found === null || pattern.lastIndex > end)
    return end - at < MAX_HEAD ? { kind: 'unfinished' } : { kind: 'other' };
  const table = bareName(found[1] ?? '');
  const listed = found[2];
  const columns =
    listed === undefined ? (tables.get(table) ?? null) : listed.slice(1, -1).split(',').map(bareName);
  const hasEscapes = !isCopy && found[0].includes('`');
  const rows: SqlRows = { kind: isCopy ? 'copy' : 'values', table, columns, hasEscapes };
  // If the match ends at the end of the text, more of it may come.
  if (pattern.lastIndex >= end && !isCopy) return { kind: 'unfinished' };
  return { kind: 'rows', rows, end: pattern.lastIndex };
}

function readTable(text: string, at: number, end: number): SqlHead {
  CREATE.lastIndex = at;
  const found = CREATE.exec(text);
  const unfinished: SqlHead = end - at < MAX_TABLE ? { kind: 'unfinished' } : { kind: 'other' };
  if (found === null) return end - at < MAX_HEAD ? { kind: 'unfinished' } : { kind: 'other' };
  const body = splitList(text, CREATE.lastIndex, Math.min(end, at + MAX_TABLE));
  if (body === null) return unfinished;
  const columns = body.parts
    .map((part) => part.trim())
    .filter((part) => part !== '' && !NO_COLUMN.test(part))
    .map((part) => bareName(/^(?:\x60[^\x60]+\x60|"[^"]+"|\[[^\]]+\]|[^\s(]+)/.exec(part)?.[0] ?? ''));
  return { kind: 'table', table: bareName(found[1] ?? ''), columns, end: body.end };
}

/** The last part of a name, without its quotes. */
export function bareName(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).replaceAll(/^[\x60"[\s]+|[\x60"\]\s]+$/g, '');
}

/** The parts between commas from here to the bracket that closes the list; commas in quotes or inner brackets do not separate. */
function splitList(text: string, start: number, limit: number): { parts: string[]; end: number } | null {
  const parts: string[] = [];
  let depth = 0;
  let from = start;
  for (let at = start; at < limit; at += 1) {
    const char = text.charAt(at);
    if (char === "'" || char === '"' || char === '`') {
      const close = text.indexOf(char, at + 1);
      if (close === -1 || close >= limit) return null;
      at = close;
    } else if (char === '(') depth += 1;
    else if (char === ')' && depth > 0) depth -= 1;
    else if (char === ')' || (char === ',' && depth === 0)) {
      parts.push(text.slice(from, at));
      from = at + 1;
      if (char === ')') return { parts, end: at + 1 };
    }
  }
  return null;
}

/** Reads one row of `VALUES`, from its bracket. `null`: it does not end before `end`, or is longer than any row. */
export function readSqlTuple(
  text: string,
  start: number,
  end: number,
  { hasEscapes }: Pick<SqlRows, 'hasEscapes'>,
): { values: unknown[]; end: number } | null {
  const limit = Math.min(end, start + MAX_ROW);
  const values: unknown[] = [];
  let string: string | null = null;
  let word = '';
  let depth = 0;
  let at = start + 1;
  while (at < limit) {
    const char = text.charAt(at);
    if (char === "'") {
      const isEscaped = hasEscapes || /e$/i.test(word);
      const read = readSqlString(text, at, limit, isEscaped);
      if (read === null) return null;
      // In `CAST('…' AS JSON)` and `'…'::jsonb` the text is the value; `_binary '…'` and `X'…'` say how it is written.
      string ??= /x$/i.test(word.trim()) ? `\\x${read.value}` : read.value;
      at = read.end;
      continue;
    }
    if (char === '(') depth += 1;
    else if (char === ')' && depth > 0) depth -= 1;
    else if (char === ')' || (char === ',' && depth === 0)) {
      values.push(string ?? valueOfWord(word.trim()));
      string = null;
      word = '';
      at += 1;
      if (char === ')') return { values, end: at };
      continue;
    }
    if (word.length < 2000) word += char;
    at += 1;
  }
  return null;
}

const SQL_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  Z: '\x1a',
  b: '\b',
};

/** Reads a text in single quotes, from its opening quote. `null`: it does not end before `limit`. */
export function readSqlString(
  text: string,
  start: number,
  limit: number,
  hasEscapes: boolean,
): { value: string; end: number } | null {
  let value = '';
  let from = start + 1;
  let at = from;
  while (at < limit) {
    const char = text.charAt(at);
    if (char === '\\' && hasEscapes) {
      const next = text.charAt(at + 1);
      value += text.slice(from, at) + (SQL_ESCAPES[next] ?? next);
      at += 2;
      from = at;
    } else if (char !== "'") at += 1;
    else if (text.charAt(at + 1) === "'") {
      value += text.slice(from, at + 1);
      at += 2;
      from = at;
    } else return { value: value + text.slice(from, at), end: at + 1 };
  }
  return null;
}

/** The value of a word without quotes. */
export function valueOfWord(word: string): unknown {
  if (/^(?:NULL|DEFAULT)$/i.test(word)) return null;
  if (/^(?:TRUE|FALSE)$/i.test(word)) return word.toUpperCase() === 'TRUE';
  return /^-?\d{1,15}(?:\.\d+)?$/.test(word) ? Number(word) : word;
}

/** The values of a line after `COPY … FROM stdin`. */
export function readCopyLine(line: string): unknown[] {
  return line.split('\t').map((cell) => {
    if (cell === String.raw`\N`) return null;
    return cell.includes('\\')
      ? cell.replaceAll(/\\([^])/g, (_all, next: string) => SQL_ESCAPES[next] ?? next)
      : cell;
  });
}
