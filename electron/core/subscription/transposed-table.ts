import papa from 'papaparse';
import { columnNames } from './column-names.ts';
import { fieldOf } from './record/field-role.ts';
import { clean, EXCERPT_CHARACTERS, type SubscriptionTextRow } from './region.ts';
import { UNEVEN } from './unclear.ts';
import { drawnCells, isRule, unique, type TableForm } from './table-form.ts';
import { notJson } from './broken-literal.ts';
import type { SubscriptionTextReader } from './text-reader.ts';

const DELIMITERS = ['\t', ';', ',', '|', '│', '┃'] as const;
/** A table of this many characters has its subscriptions in rows. */
const MAX_TEXT = 4_000_000;
const MAX_LINES = 200;
const URL_CELL = /^\s*["']?https:\/\//;

/** How a table is written that has one subscription per column, and the names at the left. */
export interface TransposedForm {
  readonly delimiter: string;
  readonly isDrawn: boolean;
}

/** Whether a text is a table with one subscription per column: the names of endpoint and keys are below each other at the left. */
export function transposedFormOf(start: string): TransposedForm | null {
  if (!start.includes('https://')) return null;
  const lines = start.split(/\r\n?|\n/).slice(0, MAX_LINES);
  for (const delimiter of DELIMITERS) {
    const isDrawn = /[|│┃]/.test(delimiter);
    const rows = lines.flatMap((line) =>
      isDrawn && isRule(line) ? [] : [cellsOf(line, delimiter, isDrawn)],
    );
    const has = (role: string, is: (cell: string) => boolean, count = 1) =>
      rows.some(
        ([name = '', ...cells]) => fieldOf(name.trim())?.role === role && cells.filter(is).length >= count,
      );
    const isKey = (cell: string) => cell.trim().length > 10 && !URL_CELL.test(cell);
    if (has('endpoint', (cell) => URL_CELL.test(cell), 2) && has('p256dh', isKey) && has('auth', isKey))
      return { delimiter, isDrawn };
  }
  return null;
}

function cellsOf(line: string, delimiter: string, isDrawn: boolean): string[] {
  if (!isDrawn) return papa.parse<string[]>(line, { delimiter, newline: '\n' }).data[0] ?? [];
  const isFramed = line.trimStart().startsWith(delimiter);
  return drawnCells(line, { delimiter, isFramed }).map((cell) => cell.trim());
}

/**
 * Reads such a table as if its columns were rows.
 *
 * @param rowReader makes the reader for the table turned round, with commas and no heading
 */
export function createTransposedReader(
  { delimiter, isDrawn }: TransposedForm,
  rowReader: (form: TableForm) => SubscriptionTextReader,
): SubscriptionTextReader {
  let text = '';
  return {
    push(piece) {
      if (text.length <= MAX_TEXT) text += piece;
      return [];
    },
    end() {
      if (text.length > MAX_TEXT) return [TOO_LONG];
      const lines = text.split(/\r\n?|\n/);
      const rows = lines.flatMap((line, index) =>
        line.trim() === '' || (isDrawn && isRule(line))
          ? []
          : [{ line: index + 1, cells: cellsOf(line, delimiter, isDrawn) }],
      );
      const names = unique(rows.map(({ cells }) => cells[0] ?? ''));
      const endpoint = rows.find(({ cells }) => fieldOf((cells[0] ?? '').trim())?.role === 'endpoint');
      const count = endpoint?.cells.length ?? 0;
      // One value is missing somewhere, and all after it would be given to somebody else.
      const isUneven = rows.some(
        ({ cells }) =>
          cells.length !== count && cells.length > 1 && fieldOf((cells[0] ?? '').trim()) !== null,
      );
      const columns = Array.from({ length: Math.max(0, count - 1) }, (_, index) =>
        rows.map(({ cells }) => cells[index + 1] ?? ''),
      ).filter((cells) => cells.some((cell) => URL_CELL.test(cell)));
      const reader = rowReader({
        delimiter: ',',
        isDrawn: false,
        isFramed: false,
        hasBackslashes: false,
        columns: names,
        readAs: columnNames(names, columns.slice(0, 20)),
        linesBefore: 0,
      });
      const found = [...reader.push(papa.unparse(columns, { newline: '\n' })), ...reader.end()];
      const line = endpoint?.line ?? 1;
      return found.map((row) =>
        row.kind === 'row' && isUneven
          ? { kind: 'bad', line, problem: UNEVEN, excerpt: clean(row.value.endpoint, 0, EXCERPT_CHARACTERS) }
          : { ...row, line },
      );
    },
  };
}

const TOO_LONG: SubscriptionTextRow = {
  kind: 'bad',
  line: 1,
  problem: notJson(
    'This table has one subscription per column and is too long to be read that way.',
    'Swap its rows and columns in the spreadsheet (paste special, transpose), and export it again.',
  ),
  excerpt: '',
};
