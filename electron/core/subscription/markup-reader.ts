import { plainText } from '../text/plain-text.ts';
import { createFieldRoles } from './record/field-role.ts';
import { readRecord } from './record/read-record.ts';
import { findRecords } from './record/records.ts';
import { clean, EXCERPT_CHARACTERS, type SubscriptionTextRow } from './region.ts';
import { NOT_A_SUBSCRIPTION } from './subscription-shape.ts';
import type { SubscriptionTextReader } from './text-reader.ts';

const TOKEN = /<(\/?)([A-Za-z][\w:.-]{0,80})((?:[^<>"']|"[^"<]*"|'[^'<]*')*?)(\/?)>|<[!?][^>]*>|([^<]+)/g;
const ATTRIBUTE = /([\w:.-]{1,80})\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
/** HTML has no closing tag for them. */
const ALONE = /^(?:br|hr|img|input|meta|link|col|wbr)$/i;
const MAX_DEPTH = 100;
/** What does not end after so many characters is passed over. */
const MAX_REST = 300_000;
const MAX_CELLS = 200;

/** Whether a text is XML or HTML with an address in it. */
export const isMarkup = (start: string): boolean =>
  /^\s*<(?:\?xml|!DOCTYPE|[A-Za-z][\w:.-]{0,80}[\s>/])/i.test(start) &&
  /<\/[A-Za-z]/.test(start) &&
  start.includes('https://');

interface Element {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  text: string;
  hasChildren: boolean;
  /** Whether an endpoint stands right in it. */
  hasEndpoint: boolean;
}

/**
 * Reads XML and HTML: elements and attributes with names (`<endpoint>`, `<column name="endpoint">`, `<row endpoint="…">`), tables with a
 * heading, `<key>` and `<dt>` with what follows, fields of forms. An element is over with its end; a name that was there already begins the
 * next one. Takes time in proportion to the text.
 */
export function createMarkupReader(): SubscriptionTextReader {
  const roles = createFieldRoles();
  const stack: Element[] = [];
  let rest = '';
  let line = 1;
  let head = '';
  let rows: SubscriptionTextRow[] = [];
  let foundAny = false;
  let values = new Map<string, string>();
  let heading: string[] = [];
  let cells: string[] = [];
  /** Names in the row that is read: of the columns, or of its one cell. */
  let heads: string[] = [];
  /** The name that the next value has. */
  let key: string | null = null;

  const flush = () => {
    const record = Object.fromEntries(values);
    values = new Map();
    for (const found of findRecords(record, roles)) {
      if (found.kind === 'stranger') continue;
      const read = readRecord({ ...found, filedUnder: [] }, roles);
      foundAny = true;
      rows.push(
        read.kind === 'row'
          ? { ...read, line }
          : {
              kind: 'bad',
              line,
              problem: read.problem,
              excerpt: clean(read.endpoint, 0, EXCERPT_CHARACTERS),
            },
      );
    }
  };
  const isEndpoint = (name: string, value: string) =>
    roles.of(name)?.role === 'endpoint' && /^\s*https?:/.test(value);
  const add = (name: string, value: string) => {
    if (values.has(name)) flush();
    values.set(name, value);
    const parent = stack.at(-1);
    if (parent !== undefined && (isEndpoint(name, value) || /^\s*\{.*https:/s.test(value)))
      parent.hasEndpoint = true;
  };
  /** A row of a table is over. */
  const endRow = () => {
    if (cells.length === 0) {
      if (heads.length > 0) heading = heads;
      return;
    }
    if (heads.length > 0) cells = [...heads, ...cells];
    const [name = '', value = ''] = cells;
    if (heading.length > 0 && cells.length === heading.length) {
      flush();
      heading.forEach((column, index) => values.set(column, cells[index] ?? ''));
      flush();
    } else if (cells.length === 2) add(name, value);
    cells = [];
  };
  const open = (tag: string, text: string) => {
    const attributes = new Map<string, string>();
    for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE))
      attributes.set(name, textOf(double ?? single ?? ''));
    if ([...attributes].some(([name, value]) => isEndpoint(name, value))) {
      flush();
      for (const [name, value] of attributes) values.set(name, value);
      flush();
    }
    if (tag === 'tr') [cells, heads] = [[], []];
    const parent = stack.at(-1);
    if (parent !== undefined) parent.hasChildren = true;
    return { tag, attributes, text: '', hasChildren: false, hasEndpoint: false };
  };
  const close = (element: Element) => {
    const { tag, attributes } = element;
    const text = textOf(element.text).trim();
    const name =
      attributes.get('name') ?? attributes.get('n') ?? attributes.get('column') ?? attributes.get('key');
    if (tag === 'tr') {
      endRow();
      return;
    }
    if (tag === 'table') heading = [];
    if (tag === 'th' || tag === 'td') {
      const some = tag === 'th' && cells.length === 0 ? heads : cells;
      if (some.length < MAX_CELLS) some.push(text);
      return;
    }
    if (element.hasChildren) {
      // What stands in a cell belongs to it.
      const parent = stack.at(-1);
      if (parent !== undefined && stack.some((one) => one.tag === 'td')) parent.text += element.text;
      if (element.hasEndpoint) flush();
      return;
    }
    if (stack.some((one) => one.tag === 'td' || one.tag === 'th')) {
      const parent = stack.at(-1);
      if (parent !== undefined) parent.text += element.text;
      return;
    }
    if (tag === 'key' || tag === 'dt' || (tag === 'name' && stack.at(-1)?.tag === 'member')) key = text;
    else if (key !== null) {
      add(key, /^(?:true|false)$/.test(tag) ? tag : text);
      key = null;
    } else if (name !== undefined) add(name, attributes.get('value') ?? text);
    else if (text !== '') add(tag, text);
  };
  const read = (text: string) => {
    let lastLine = 0;
    for (const match of text.matchAll(TOKEN)) {
      const [whole, closing, rawTag, attributes = '', single, plain] = match;
      const tag = rawTag?.toLowerCase();
      for (
        let at = text.indexOf('\n', lastLine);
        at !== -1 && at < match.index;
        at = text.indexOf('\n', at + 1)
      ) {
        line += 1;
        lastLine = at + 1;
      }
      if (plain !== undefined) {
        const element = stack.at(-1);
        if (element !== undefined && element.text.length < MAX_REST) element.text += plain;
      } else if (tag !== undefined && closing === '/') {
        const from = stack.findLastIndex((one) => one.tag === tag);
        while (from !== -1 && stack.length > from) {
          const element = stack.pop();
          if (element !== undefined) close(element);
        }
      } else if (tag !== undefined && whole !== '') {
        const element = open(tag, attributes);
        if (single === '/' || ALONE.test(tag)) close(element);
        else if (stack.length < MAX_DEPTH) stack.push(element);
      }
    }
    for (let at = text.indexOf('\n', lastLine); at !== -1; at = text.indexOf('\n', at + 1)) line += 1;
  };
  const take = (): SubscriptionTextRow[] => {
    const found = rows;
    rows = [];
    return found;
  };

  return {
    push(piece) {
      head += piece.slice(0, EXCERPT_CHARACTERS - head.length);
      rest += piece;
      let end = rest.lastIndexOf('>') + 1;
      if (end === 0 && rest.length > MAX_REST) end = rest.length;
      read(rest.slice(0, end));
      rest = rest.slice(end);
      return take();
    },
    end() {
      read(rest);
      while (stack.length > 0) {
        const element = stack.pop();
        if (element !== undefined) close(element);
      }
      flush();
      if (!foundAny)
        rows.push({
          kind: 'bad',
          line: 1,
          problem: NOT_A_SUBSCRIPTION,
          excerpt: clean(head, 0, EXCERPT_CHARACTERS),
        });
      return take();
    },
  };
}

const textOf = (text: string): string => (text.includes('&') ? plainText(text).text : text);
