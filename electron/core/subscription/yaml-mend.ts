import { hasSign, indentOf, isDash, isEmptyLine, isName, levelOf, tornBefore } from './yaml-levels.ts';
import { isWholeYaml } from './yaml-values.ts';

/** What is left of a broken text, and what was taken out of it. Lines that were taken out are empty, so that all keep their numbers. */
export interface MendedYaml {
  readonly text: string;
  /** The items of the text alone, without what is around them. */
  readonly items: string;
  /** What is read by itself: the first line of the item that it belongs to is lost. */
  readonly apart: readonly YamlPart[];
  /** What cannot be read. */
  readonly broken: readonly YamlPart[];
}

export interface YamlPart {
  readonly text: string;
  /** How many lines are before it. */
  readonly before: number;
}

/** What is known of an item from those beside it. */
interface Company {
  /** Whether its first line is the name of what follows. */
  readonly isNamed: boolean;
  /** Which name comes before which. */
  readonly order: ReadonlySet<string>;
}

/** Values that go on in deeper lines. */
const GOES_ON = /^(?:[|>][-+\d]*|[&!]\S+|["'{[].*)?$/;
const MAX_NAMES = 30;

/**
 * Takes out of a text what a lost, doubled or misplaced line has broken, item by item, so that all other items are read as they were.
 *
 * @param lines with their ends
 */
export function mendYaml(lines: readonly string[], before = 0, company = ALONE): MendedYaml {
  const level = levelOf(lines);
  if (level === null) return mendItem(lines, before, company);
  const kept = [...lines];
  const items = lines.map((line) => emptied([line]));
  const apart: YamlPart[] = [];
  const broken: YamlPart[] = [];
  const [first = 0] = level.starts;
  const torn = tornBefore(lines, level);
  const places = level.starts.map((from, index) => ({ from, to: level.ends[index] ?? lines.length }));
  const isNamed = level.kind === 'name';
  const order = orderOf(places.map(({ from, to }) => entriesOf(lines.slice(from, to), isNamed)));
  const names = new Set<string>();
  for (const { from, to } of torn < first ? [{ from: torn, to: first }, ...places] : places) {
    const own = lines.slice(from, to);
    const name = isNamed ? (lines[from] ?? '') : String(from);
    const isApart = names.has(name) || from < first;
    names.add(name);
    const mended =
      isApart || !isWholeYaml(own.join(''))
        ? mendYaml(own, before + from, { isNamed: isNamed && from >= first, order })
        : null;
    if (mended !== null) {
      apart.push(...mended.apart);
      broken.push(...mended.broken);
    }
    const rest = mended === null ? own : linesOf(mended.text);
    if (isApart) apart.push({ text: rest.join(''), before: before + from });
    for (let at = from; at < to; at += 1) {
      const line = rest[at - from] ?? '';
      kept[at] = isApart ? emptied([line]) : line;
      if (!isApart) items[at] = line;
    }
  }
  return { text: kept.join(''), items: items.join(''), apart, broken };
}

const ALONE: Company = { isNamed: false, order: new Set() };

/** Splits an item where the first line of the next one is lost: there a name comes again, or one that should have come before. */
function mendItem(lines: readonly string[], before: number, { isNamed, order }: Company): MendedYaml {
  const kept = withoutStrays(lines);
  const starts: number[] = [];
  let names: string[] = [];
  for (const { name, line } of entriesOf(kept, isNamed)) {
    const isOfNext = names.some(
      (known) => known === name || (order.has(pair(name, known)) && !order.has(pair(known, name))),
    );
    if (isOfNext) {
      starts.push(line);
      names = [];
    }
    names.push(name);
  }
  const [end = kept.length] = starts;
  const own = kept.slice(0, end).join('');
  const isWhole = hasSign(own) && isWholeYaml(own);
  const text = (isWhole ? own : emptied([own])) + emptied(kept.slice(end));
  return {
    text,
    items: text,
    apart: starts.map((from, index) => ({
      text: kept.slice(from, starts[index + 1]).join(''),
      before: before + from,
    })),
    broken: isWhole ? [] : [{ text: lines.slice(0, end).join(''), before }],
  };
}

const pair = (a: string, b: string) => `${a}\n${b}`;

/** Which name comes before which, in items that have none twice. */
function orderOf(items: readonly (readonly { name: string }[])[]): Set<string> {
  const order = new Set<string>();
  for (const entries of items) {
    const names = entries.map(({ name }) => name);
    if (names.length > MAX_NAMES || new Set(names).size < names.length) continue;
    names.forEach((name, index) => {
      for (const later of names.slice(index + 1)) order.add(pair(name, later));
    });
  }
  return order;
}

/** The names of an item on its own level. */
function entriesOf(lines: readonly string[], isNamed: boolean): { name: string; line: number }[] {
  const entries: { name: string; line: number }[] = [];
  let base = -1;
  lines.forEach((line, index) => {
    const body = withoutDash(line);
    if (isEmptyLine(line) || !isName(body) || (isNamed && index === 0)) return;
    if (base === -1) base = indentOf(body);
    if (indentOf(body) === base)
      entries.push({ name: body.slice(base, body.indexOf(':', base)), line: index });
  });
  return entries;
}

/** Without lines that are deeper than a value that is complete: the line that they belong to is lost. */
function withoutStrays(lines: readonly string[]): string[] {
  /** How deep the last name with a complete value is. */
  let complete = Infinity;
  return lines.map((line, index) => {
    if (isEmptyLine(line)) return line;
    const body = withoutDash(line);
    if (index > 0 && indentOf(line) > complete && (isDash(line) || isName(line))) return emptied([line]);
    const value = isName(body) ? body.slice(body.search(/:(?:\s|$)/) + 1).trim() : '';
    complete = GOES_ON.test(value) ? Infinity : indentOf(body);
    return line;
  });
}

const withoutDash = (line: string): string => line.replace(/^( *)-(?=\s)/, '$1 ');
const emptied = (lines: readonly string[]): string => lines.join('').replaceAll(/[^\r\n]/g, '');

/** Lines, with those empty that only repeat the one above. */
export const withoutDoubles = (lines: readonly string[]): string[] =>
  lines.map((line, index) => (index > 0 && line === lines[index - 1] ? emptied([line]) : line));

/** The lines of a text with their ends. */
export const linesOf = (text: string): string[] => text.match(/[^\r\n]*(?:\r\n?|\n)|[^\r\n]+$/g) ?? [];
