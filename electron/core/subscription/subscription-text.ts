import { isKnownByNames, UNCLEAR } from './unclear.ts';
import { decidesOverRows, type ColumnMapping } from '../../contract/subscription-import.ts';
import type { SubscriptionTextRow } from './region.ts';
import { withPlainLines } from './plain-lines.ts';
import { withoutShownTwice } from './shown-twice.ts';
import { createStreamReader } from './stream-reader.ts';
import { withPlainSpaces } from './plain-spaces.ts';
import { exportedFormOf, tableFormOf, type TableForm } from './table-form.ts';
import { createTransposedReader, transposedFormOf } from './transposed-table.ts';
import { createTableReader } from './table-reader.ts';
import type { SubscriptionTextReader } from './text-reader.ts';
import { createLineFilter, lineFilterOf, type LineFilter } from './line-filters.ts';
import { createLabelsReader, labelOrderIn } from './labels-reader.ts';
import { labelledDevices } from './labelled-devices.ts';
import { createMarkupReader, isMarkup } from './markup-reader.ts';
import { createValuesReader } from './values-reader.ts';
import { withoutHalves } from './without-halves.ts';
import { withUnread } from './with-unread.ts';
import { createYamlReader, isYaml } from './yaml-reader.ts';

export type { FoundSubscription, SubscriptionTextRow } from './region.ts';
export type { SubscriptionTextReader } from './text-reader.ts';

export interface SubscriptionTextOptions {
  /** What does not end after this many characters counts as cut off there. */
  longestElement?: number;
  /** What the columns of a table mean. */
  mapping?: ColumnMapping;
  /** Called once, when the text turns out to be a table. */
  onTable?: (table: Pick<TableForm, 'columns' | 'readAs'>) => void;
  /** Called with the cells of each row of a table. */
  onTableRow?: (cells: readonly string[]) => void;
}

/** How much of a text shows what it is. */
const FIRST_LOOK = 16_000;
/** Needs no further check: JSON, as nearly all files are. */
const JSON_START = /^\s*(?:\[\s*)?\{\s*"[^"\\]{0,200}"\s*:/;

/**
 * Takes subscriptions in any form that people have: JSON in any wrapper, JSON lines, literals of programming languages, SQL dumps, tables,
 * YAML, what consoles and commands print, and any of these within other text. The start of the text decides between the readers of a whole
 * text (tables, YAML) and the one that goes from element to element. One bad row never stops the rest. Never throws; takes time in
 * proportion to the text.
 *
 * Rows come in the order of the text; `line`: where the row starts, counted from 1. Only shapes are checked here.
 */
export const createSubscriptionTextReader = (options: SubscriptionTextOptions = {}): SubscriptionTextReader =>
  withPlainLines(() => createWaryReader(options));

/** The same for a text that may have anything in it. */
export const createWaryReader = (options: SubscriptionTextOptions): SubscriptionTextReader =>
  withoutShownTwice(createReader(options));

/** Lets nothing through that is half, and nothing fall through in silence. */
const guarded = (reader: SubscriptionTextReader): SubscriptionTextReader => withUnread(withoutHalves(reader));

/** @param done what was already undone in its lines; `null`: its spaces are as they came */
function createReader(
  options: SubscriptionTextOptions,
  done: readonly LineFilter[] | null = null,
): SubscriptionTextReader {
  let chosen: SubscriptionTextReader | null = null;
  let start = '';
  let isStarted = false;

  const choose = (isWhole: boolean): SubscriptionTextReader => {
    const look = start.slice(0, FIRST_LOOK);
    const isJson = JSON_START.test(look);
    const exported = exportedFormOf(look);
    if (exported !== null) {
      options.onTable?.(exported);
      return createTableReader(exported, options.mapping, options.onTableRow);
    }
    const isAll = isWhole && start.length <= FIRST_LOOK;
    if (done === null) return withPlainSpaces(createReader(options, []), look, isAll, isJson);
    const filter = isJson ? null : lineFilterOf(look, done);
    if (filter !== null)
      return createLineFilter(createReader(options, [...done, filter]), filter.make(look), filter);
    return isJson ? guarded(createStreamReader(options.longestElement)) : chooseByForm(look, isAll);
  };

  const chooseByForm = (look: string, isAll: boolean): SubscriptionTextReader => {
    const devices = isAll ? labelledDevices(look) : null;
    if (devices !== null) return { push: () => [], end: () => devices };
    const labels = labelOrderIn(look, isAll);
    if (labels !== null) return guarded(createLabelsReader(labels));
    const transposed = transposedFormOf(look);
    const table = transposed === null ? tableFormOf(look, isAll) : null;
    const stream = () => createStreamReader(options.longestElement);
    const structured = (onTableRow = options.onTableRow) =>
      transposed !== null
        ? createTransposedReader(transposed, (form) => {
            options.onTable?.(form);
            return createTableReader(form, options.mapping, onTableRow);
          })
        : table !== null
          ? createTableReader(table, options.mapping, onTableRow)
          : isYaml(look)
            ? createYamlReader(stream)
            : stream();
    const whole = isAll ? look : wholePartOf(look);
    // Where a tag is lost, another reader may find more, and not know what belongs together.
    if (isMarkup(look)) {
      const found = countRows(createMarkupReader(), whole);
      const others = countRows(
        structured(() => undefined),
        whole,
      );
      if (found > 0 && found * 2 > others) return guarded(createMarkupReader());
    }
    // A person who said what the columns are sees a table, and means one.
    const isMapped = Object.values(options.mapping ?? {}).some(decidesOverRows);
    if (
      !(isMapped && (table ?? transposed) !== null) &&
      readsMore(
        createValuesReader(),
        structured(() => undefined),
        whole,
        isAll,
      )
    )
      return guarded(createValuesReader());
    if (table !== null) options.onTable?.(table);
    // A table accounts for each of its lines, and says what its columns are.
    return table !== null || transposed !== null ? withoutHalves(structured()) : guarded(structured());
  };

  return {
    push(piece) {
      if (chosen !== null) return chosen.push(piece);
      if (piece === '') return [];
      start += isStarted || !piece.startsWith('\uFEFF') ? piece : piece.slice(1);
      isStarted = true;
      if (start.length < FIRST_LOOK && !JSON_START.test(start)) return [];
      chosen = choose(false);
      const first = start;
      start = '';
      return chosen.push(first);
    },
    end() {
      if (chosen !== null) return chosen.end();
      chosen = choose(true);
      return [...chosen.push(start), ...chosen.end()];
    },
  };
}

/** The start of a text up to where a record ends, as far as lines tell; in a text of long lines up to the last address. */
function wholePartOf(look: string): string {
  const lines = look.slice(0, look.lastIndexOf('\n') + 1);
  return lines.length * 2 > look.length ? lines : look.slice(0, Math.max(0, look.lastIndexOf('https://')));
}

/** The other reader's only complaint is that it does not know the form; anything else is a fault of the row that must be reported. */
const NOT_UNDERSTOOD = new Set([
  'not-json',
  'not-a-subscription',
  'text-cut-off',
  'table-row',
  'keys-missing',
  'keys-folded',
  'keys-near',
  'form-unknown',
  'subscription-shape',
  'too-deep',
  'object-not-printed',
]);

const countRows = (reader: SubscriptionTextReader, text: string): number =>
  [...reader.push(text), ...reader.end()].filter(({ kind }) => kind === 'row').length;

/** Whether a reader finds subscriptions in a text where the usual one does not understand the form. */
function readsMore(
  reader: SubscriptionTextReader,
  usual: SubscriptionTextReader,
  text: string,
  isAll: boolean,
): boolean {
  if (!/https:\/\//.test(text)) return false;
  const known = [...usual.push(text), ...usual.end()];
  const faults = new Set(known.flatMap((row) => (row.kind === 'bad' ? [row.problem.code] : [])));
  if (known.some((row) => row.kind === 'bad' && isKnownByNames(row.problem))) return false;
  const isUnclear = faults.delete(UNCLEAR.code);
  // Where several are refused as one, that says what the first looks like, and nothing of the form.
  const addresses = text.match(/https:\/\/[^\s"'<>,;]{1,4096}/g) ?? [];
  const isRefused = known.filter(({ kind }) => kind !== 'other').length === 1 && addresses.length > 1;
  if (!isRefused && ![...faults].every((code) => NOT_UNDERSTOOD.has(code))) return false;
  const count = (rows: readonly SubscriptionTextRow[]) =>
    rows.filter((row) => row.kind === 'row' && !/[\s"'|]/.test(row.value.endpoint + row.value.keys.p256dh))
      .length;
  const wanted = addresses.length;
  const found = count(known);
  // The values of the one that is cut off at the end may be there, but not its closing bracket.
  const cut = isAll || found === 0 ? 0 : 1;
  // A form that is understood so far is only damaged; values alone would not say whose they are.
  const saysWhose = known.some((row) => row.kind === 'row' && row.person !== null);
  if (found >= wanted || (saysWhose && found * 2 > wanted)) return false;
  const others = count([...reader.push(text), ...reader.end()]);
  // What is unclear to the reader that knows the names is clear to another one only if that leaves nothing over.
  return others > found + cut && (!isUnclear || others === new Set(addresses).size);
}

/** Reads a text that is complete. */
export function readSubscriptionText(
  text: string,
  options: SubscriptionTextOptions = {},
): SubscriptionTextRow[] {
  const reader = createSubscriptionTextReader(options);
  return [...reader.push(text), ...reader.end()];
}
