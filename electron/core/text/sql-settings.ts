import { SQL_NAME, bareName, readSqlString, valueOfWord } from './sql-rows.ts';

/** One row that a statement sets by name: `UPDATE … SET a = 1 WHERE id = 7`, `INSERT INTO … SET a = 1`. */
export interface SqlSettings {
  readonly table: string;
  /** What it sets, then the conditions of its `WHERE`, in the order of the text. */
  readonly columns: readonly string[];
  readonly values: readonly unknown[];
  readonly end: number;
}

const HEAD = new RegExp(
  String.raw`(?:UPDATE\s+(?:(?:LOW_PRIORITY|IGNORE|ONLY|OR\s+\w+)\s+){0,2}|INSERT\s+(?:IGNORE\s+)?INTO\s+|REPLACE\s+INTO\s+)(${SQL_NAME})(?:\s+(?:AS\s+)?(?!SET\b)\w{1,30})?\s+SET\s+`,
  'iy',
);
const COLUMN = new RegExp(String.raw`\s*(${SQL_NAME})\s*=\s*`, 'y');
const CONDITION = new RegExp(String.raw`\s*\(?\s*(${SQL_NAME})\s*(?:=|\bIN\s*\()\s*`, 'iy');
const COMMA = /\s*,/y;
const WHERE = /\s+WHERE\b/iy;
/** After a condition: the next one, or something that means the statement is not about one row. */
const NEXT = /[\s)]*(?:(\bAND\b)|(\bOR\b|,))/iy;
const END = /[\s)]*(?:\b(?:RETURNING|LIMIT)\b[^;\r\n]{0,200})?;?/iy;
const MAX_HEAD = 400;
const MAX_STATEMENT = 200_000;
const MAX_COLUMNS = 200;

/**
 * Reads a statement that sets columns by name and starts here. A `WHERE` counts if it asks for one row, with `=` and `AND`.
 *
 * @returns `'unfinished'`: more text could make it one
 */
export function readSqlSettings(text: string, at: number, end: number): SqlSettings | 'unfinished' | null {
  HEAD.lastIndex = at;
  const head = HEAD.exec(text);
  if (head === null || HEAD.lastIndex > end) return end - at < MAX_HEAD ? 'unfinished' : null;
  const limit = Math.min(end, at + MAX_STATEMENT);
  const hasEscapes = head[0].includes('`');
  const set = readList(text, HEAD.lastIndex, limit, COLUMN, COMMA, hasEscapes);
  if (set === null) return end - at < MAX_STATEMENT ? 'unfinished' : null;
  if (set.columns.length === 0) return end - set.end < MAX_HEAD ? 'unfinished' : null;
  WHERE.lastIndex = set.end;
  const asked = WHERE.test(text)
    ? readList(text, WHERE.lastIndex, limit, CONDITION, NEXT, hasEscapes)
    : NOTHING_ASKED;
  if (asked === null) return end - at < MAX_STATEMENT ? 'unfinished' : null;
  const isOfOne = !asked.isOther;
  END.lastIndex = Math.max(set.end, asked.end);
  END.exec(text);
  return {
    table: bareName(head[1] ?? ''),
    columns: [...set.columns, ...(isOfOne ? asked.columns : [])],
    values: [...set.values, ...(isOfOne ? asked.values : [])],
    end: Math.min(end, END.lastIndex),
  };
}

interface Listed {
  readonly columns: string[];
  readonly values: unknown[];
  /** Whether it continues in a way that is not understood here. */
  readonly isOther: boolean;
  readonly end: number;
}
const NOTHING_ASKED: Listed = { columns: [], values: [], isOther: false, end: 0 };

/** Names and values from here, as long as they continue. `null`: a value does not end. */
function readList(
  text: string,
  from: number,
  limit: number,
  nameOf: RegExp,
  goesOn: RegExp,
  hasEscapes: boolean,
): Listed | null {
  const columns: string[] = [];
  const values: unknown[] = [];
  let at = from;
  while (columns.length < MAX_COLUMNS) {
    nameOf.lastIndex = at;
    const name = nameOf.exec(text)?.[1];
    if (name === undefined || nameOf.lastIndex > limit)
      return { columns, values, isOther: columns.length > 0, end: at };
    const value = readValue(text, nameOf.lastIndex, limit, hasEscapes);
    if (value === null) return null;
    columns.push(bareName(name));
    values.push(value.value);
    at = value.end;
    goesOn.lastIndex = at;
    const next = goesOn.exec(text);
    if (next === null || next[2] !== undefined) return { columns, values, isOther: next !== null, end: at };
    at = goesOn.lastIndex;
  }
  return { columns, values, isOther: true, end: at };
}

/** One value: a text, a word, or the content of a call or a cast. `null`: a text in it does not end. */
function readValue(text: string, start: number, limit: number, hasEscapes: boolean) {
  let string: string | null = null;
  let word = '';
  let depth = 0;
  let at = start;
  while (at < limit) {
    const char = text.charAt(at);
    if (char === "'") {
      const read = readSqlString(text, at, limit, hasEscapes || /e$/i.test(word));
      if (read === null) return null;
      string ??= /x$/i.test(word.trim()) ? `\\x${read.value}` : read.value;
      at = read.end;
      continue;
    }
    if (char === '(') depth += 1;
    else if (depth > 0 && char === ')') depth -= 1;
    else if (depth === 0) {
      if (/[,;)]/.test(char)) break;
      // A type before a text and an operator after a value belong to it; anything else is the next word.
      const isSaid = string !== null || word.trim() !== '';
      if (isSaid && /\s/.test(char) && !/^\s+(?:'|::|\|\||[+*/]|-(?!-))/.test(text.slice(at, at + 40))) break;
    }
    if (word.length < 2000) word += char;
    at += 1;
  }
  return { value: string ?? valueOfWord(word.trim()), end: at };
}
