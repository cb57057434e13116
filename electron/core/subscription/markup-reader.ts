import type { Problem } from '../../contract/problem.ts';
import { decodeBase64 } from '../text/base64url.ts';
import { plainText } from '../text/plain-text.ts';
import { createFieldRoles, type FieldRole } from './record/field-role.ts';
import { readRecord } from './record/read-record.ts';
import { isPoint } from './record/key-bytes.ts';
import { findRecords } from './record/find-records.ts';
import { isKnownEndpoint } from './record/known-endpoint.ts';
import { isTorn } from './record/torn.ts';
import { ALONE, ATTRIBUTE, closedTag, isNamedTag, rowTagOf, TOKEN } from './markup-rows.ts';
import { clean, EXCERPT_CHARACTERS, type SubscriptionTextRow } from './region.ts';
import { NOT_A_SUBSCRIPTION } from './subscription-shape.ts';
import type { SubscriptionTextReader } from './text-reader.ts';

const MAX_DEPTH = 100;
/** An attribute outside a tag. */
const TORN_TAG = /[\w:.-]=(["'])https:\/\/[^"'\s]{20,4096}\1/;
/** What does not end after this many characters is skipped. */
const MAX_REST = 300_000;
const MAX_CELLS = 200;
/** How much of a text shows which elements its subscriptions are. */
const FIRST_LOOK = 16_000;

/** Whether a text is XML or HTML with an address in it. */
export const isMarkup = (start: string): boolean =>
  /^\s*<(?:\?xml|!DOCTYPE|[A-Za-z][\w:.-]{0,80}[\s>/])/i.test(start) &&
  /<\/[A-Za-z]|\/>/.test(start) &&
  start.includes('https://');

interface Element {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** Its name, according to the `<key>` before it. */
  readonly key: string | null;
  text: string;
  hasChildren: boolean;
  /** Whether it directly contains an endpoint. */
  hasEndpoint: boolean;
  /** Whether there was a subscription in it: what is said in it after that is about nobody in particular. */
  hasRows: boolean;
}

/** A value, and the element that contains it. */
interface Said {
  value: string | string[];
  readonly parent: Element | undefined;
}

/** Elements that only give the type of a value: in property lists, XML-RPC and PowerShell's output. */
const TYPE =
  /^(?:string|int|i4|i8|integer|boolean|double|real|date|base64|true|false|s|i32|i64|u32|b|db|g|uri)$/;

/**
 * Reads XML and HTML: elements and attributes with names (`<endpoint>`, `<column name="endpoint">`, `<row endpoint="…">`), tables with a
 * heading, `<key>` and `<dt>` with what follows, form fields. Where each subscription has an element of its own, everything in it belongs
 * to it, and nothing else does but what is said above all of them. Elsewhere a subscription ends with its element; a name that it already
 * has begins the next one. Takes time in proportion to the text.
 */
export function createMarkupReader(): SubscriptionTextReader {
  const roles = createFieldRoles();
  const stack: Element[] = [];
  let rest = '';
  let line = 1;
  let head = '';
  let rows: SubscriptionTextRow[] = [];
  let foundAny = false;
  let values = new Map<string, Said>();
  let heading: string[] = [];
  let cells: string[] = [];
  /** Names for the row that is being read: of the columns, or of its only cell. */
  let heads: string[] = [];
  /** The name of the next value. */
  let key: string | null = null;
  /** The element that each subscription has of its own; `undefined`: the text has not begun. */
  let rowTag: string | null | undefined;
  let row: Element | null = null;
  /** What is said of several subscriptions, before them. */
  let shared = new Map<string, Said>();
  /** From then on there are closing tags of elements that were not counted. */
  let wasTooDeep = false;

  const bad = (problem: Problem, excerpt: string) =>
    rows.push({ kind: 'bad', line, problem, excerpt: clean(excerpt, 0, EXCERPT_CHARACTERS) });
  const emit = (own: readonly [string, unknown][]) => {
    const record = Object.fromEntries<unknown>(own);
    const all = findRecords(record, roles);
    if (all.length === 0 && isTorn(record, roles)) bad(NOT_A_SUBSCRIPTION, '');
    for (const found of all) {
      if (found.kind === 'stranger') continue;
      const read = readRecord({ ...found, filedUnder: [] }, roles);
      foundAny = true;
      if (read.kind === 'row') rows.push({ ...read, line });
      else bad(read.problem, read.endpoint);
    }
  };
  const plainly = (said: ReadonlyMap<string, Said>) =>
    [...said].map(([name, { value }]): [string, unknown] => [name, value]);
  const flush = () => {
    const own = plainly(values);
    // A person whose element is still open may have another one.
    values = new Map(
      [...values].filter(
        ([, { parent }]) => parent !== undefined && !parent.hasEndpoint && stack.includes(parent),
      ),
    );
    emit([...around(), ...plainly(shared), ...own]);
  };
  /** What is outside the elements of subscriptions belongs to one whose first tag is lost, or is said of those below it. */
  const endTorn = () => {
    const isPart = ([name]: [string, Said]) => IS_PART.has(roles.of(name)?.role ?? 'former');
    if ([...values].some(isPart)) {
      emit(plainly(values));
      values = new Map();
    }
    const isOpen = ([, { parent }]: [string, Said]) => parent !== undefined && stack.includes(parent);
    const isAbove = ([, { parent }]: [string, Said]) => parent?.hasRows === false;
    shared = new Map([
      ...[...shared].filter(isOpen),
      ...[...values].filter((one) => isOpen(one) && isAbove(one)),
    ]);
    values = new Map();
  };
  const endRow = () => {
    const before = rows.length;
    emit([...around(row === null ? stack : [...stack, row]), ...plainly(shared), ...plainly(values)]);
    // Its other parts are in tags that are broken.
    const part = [...values].find(([name]) => IS_PART.has(roles.of(name)?.role ?? 'former'));
    if (rows.length === before && part !== undefined) bad(NOT_A_SUBSCRIPTION, String(part[1].value));
    values = new Map();
    row = null;
    for (const one of stack) one.hasRows = true;
  };
  /** What ends here began before the text did, or its beginning is lost: keys without an endpoint are those of one that was cut off. */
  const forgetRest = () => {
    if (typeof rowTag === 'string') {
      if (row === null) endTorn();
      return;
    }
    if (wasTooDeep || [...values].some(([name, { value }]) => isEndpoint(name, String(value)))) return;
    const known = stack.length === 0 ? [] : [...values];
    values = new Map(known.filter(([name]) => !IS_PART.has(roles.of(name)?.role ?? 'former')));
  };
  const isEndpoint = (name: string, value: string) =>
    roles.of(name)?.role === 'endpoint' && /^\s*https?:/.test(value);
  /** Whose it is, according to the elements around it: `<user id="7">`. */
  const around = (some: readonly Element[] = stack): [string, string][] =>
    some.flatMap(({ tag, attributes }) =>
      [...attributes].flatMap(([name, value]): [string, string][] => {
        const path = `${tag}_${name}`;
        return WHO.has(roles.of(path)?.role ?? 'former') ? [[path, value]] : [];
      }),
    );
  /** The element around a value: XML-RPC puts each into a `value` of a `member`. */
  const container = () => stack.findLast(({ tag }) => tag !== 'value' && tag !== 'member');
  /** The name of a value together with the element around it, if its own name says too little or is taken. */
  const within = (name: string): string => {
    const parent = container();
    const path = parent === undefined ? name : `${parent.key ?? nameOf(parent) ?? parent.tag}.${name}`;
    const taken = values.get(name)?.parent;
    const isInner = taken !== undefined && taken !== parent && stack.includes(taken);
    return isInner || (roles.of(name) === null && roles.of(path) !== null) ? path : name;
  };
  const add = (plain: string, value: string) => {
    const parent = container();
    const name = within(plain);
    const known = values.get(name);
    if (known !== undefined && known.parent === parent && roles.of(name)?.role === 'tags') {
      known.value = [known.value, value].flat();
      return;
    }
    if (row !== null && known?.value === value) return;
    if (known !== undefined) {
      // One of several that belong to the open element.
      if (
        !IS_PART.has(roles.of(name)?.role ?? 'former') &&
        stack.some((one) => one !== parent && one.hasEndpoint)
      )
        return;
      flush();
    }
    values.set(name, { value, parent });
    if (parent !== undefined && (isEndpoint(name, value) || /^\s*\{.*https:/s.test(value)))
      parent.hasEndpoint = true;
  };
  /** The end of a row of a table. */
  const endCells = () => {
    if (cells.length === 0) {
      if (heads.length > 0) heading = heads;
      return;
    }
    if (heads.length > 0) cells = [...heads, ...cells];
    const [name = '', value = ''] = cells;
    if (heading.length > 0 && cells.length === heading.length) {
      flush();
      heading.forEach((column, index) =>
        values.set(column, { value: cells[index] ?? '', parent: undefined }),
      );
      flush();
    } else if (cells.length === 2) add(name, value);
    else if (heading.length > 0 && cells.some(isPartText))
      bad(NOT_A_SUBSCRIPTION, cells.find(isPartText) ?? '');
    cells = [];
  };
  const open = (tag: string, text: string) => {
    const attributes = new Map<string, string>();
    for (const [, name = '', double, single] of text.matchAll(ATTRIBUTE))
      attributes.set(name, textOf(double ?? single ?? ''));
    if (tag === rowTag && !isNamedTag(text)) beginRow();
    if (row === null && tag !== rowTag && [...attributes].some(([name, value]) => isEndpoint(name, value))) {
      flush();
      for (const [name, value] of attributes) values.set(name, { value, parent: undefined });
      flush();
    }
    if (tag === 'tr') {
      // The end of the one before is lost.
      if (cells.length > 0) endCells();
      [cells, heads] = [[], []];
    }
    const parent = stack.at(-1);
    if (parent !== undefined) parent.hasChildren = true;
    const its = key;
    if (!KEYED.test(tag)) key = null;
    const element = {
      tag,
      attributes,
      key: its,
      text: '',
      hasChildren: false,
      hasEndpoint: false,
      hasRows: false,
    };
    if (tag === rowTag && row === null) row = element;
    if (
      row !== null &&
      [...attributes].some(
        ([name, value]) => isEndpoint(name, value) || IS_PART.has(roles.of(name)?.role ?? 'former'),
      )
    )
      for (const [name, value] of attributes) values.set(name, { value, parent: element });
    return element;
  };
  const beginRow = () => {
    // One within another has a name, or the end of the one before is lost.
    const from = row === null || key !== null ? -1 : stack.indexOf(row);
    if (from !== -1 && [...values].some(([name, { value }]) => isEndpoint(name, String(value))))
      closeFrom(from);
    if (row === null) endTorn();
  };
  const closeFrom = (from: number) => {
    while (stack.length > from) {
      const element = stack.pop();
      if (element !== undefined) close(element);
    }
  };
  const close = (element: Element) => {
    closeAny(element);
    if (element === row) endRow();
  };
  const closeAny = (element: Element) => {
    const { tag, attributes } = element;
    const text = textOf(element.text).trim();
    const name = nameOf(element);
    if (tag === 'tr') {
      endCells();
      return;
    }
    if (tag === 'table') heading = [];
    if (tag === 'th' || tag === 'td') {
      const some = tag === 'th' && cells.length === 0 ? heads : cells;
      if (some.length < MAX_CELLS) some.push(text);
      return;
    }
    if (element.hasChildren) {
      // What is in a cell belongs to it.
      const parent = stack.at(-1);
      if (parent !== undefined && stack.some((one) => one.tag === 'td')) parent.text += element.text;
      if (element.hasEndpoint && typeof rowTag !== 'string') flush();
      return;
    }
    if (stack.some((one) => one.tag === 'td' || one.tag === 'th')) {
      const parent = stack.at(-1);
      if (parent !== undefined) parent.text += element.text;
      return;
    }
    if (tag === 'key' || tag === 'dt' || (tag === 'name' && stack.at(-1)?.tag === 'member')) key = text;
    else if (element.key !== null) add(element.key, /^(?:true|false)$/.test(tag) ? tag : text);
    else if (name !== undefined) add(name, attributes.get('value') ?? text);
    else if (text !== '') add(listed(tag), text);
  };
  /** A value that only has a type belongs to the element around it. */
  const listed = (tag: string): string => {
    const parent = stack.findLast((one) => one.key !== null || nameOf(one) !== undefined);
    const isOne = (stack.at(-1)?.key ?? null) !== null || TYPE.test(tag);
    return (isOne ? (parent?.key ?? (parent && nameOf(parent))) : undefined) ?? tag;
  };
  const read = (text: string) => {
    let lastLine = 0;
    for (const match of text.matchAll(TOKEN)) {
      const [whole, closing, rawTag, attributes = '', single, plain] = match;
      const tag = closing === '/' ? closedTag(rawTag ?? '', attributes) : rawTag?.toLowerCase();
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
        // The beginning or the end of its tag is lost.
        if (TORN_TAG.test(plain)) bad(NOT_A_SUBSCRIPTION, plain);
      } else if (tag !== undefined && closing === '/') {
        const from = stack.findLastIndex((one) => one.tag === tag);
        if (from === -1 && tag === 'tr') endCells();
        if (from === -1 && !ALONE.test(tag)) forgetRest();
        if (from !== -1) closeFrom(from);
      } else if (tag !== undefined && whole !== '') {
        const element = open(tag, attributes);
        if (single === '/' || ALONE.test(tag)) close(element);
        else if (stack.length < MAX_DEPTH) stack.push(element);
        else wasTooDeep = true;
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
      if (rowTag === undefined) {
        if (rest.length < FIRST_LOOK) return [];
        rowTag = rowTagOf(rest.slice(0, FIRST_LOOK), roles);
      }
      let end = rest.lastIndexOf('>') + 1;
      if (end === 0 && rest.length > MAX_REST) end = rest.length;
      read(rest.slice(0, end));
      rest = rest.slice(end);
      return take();
    },
    end() {
      rowTag ??= rowTagOf(rest, roles);
      read(rest);
      closeFrom(0);
      if (typeof rowTag === 'string') endTorn();
      else flush();
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

/** The name that an element's attributes give its value; PowerShell writes `N`. */
const nameOf = ({ attributes }: Element): string | undefined =>
  ['name', 'n', 'N', 'column', 'key'].map((name) => attributes.get(name)).find((name) => name !== undefined);

const WHO: ReadonlySet<FieldRole> = new Set(['externalId', 'label', 'email']);
const IS_PART: ReadonlySet<FieldRole> = new Set(['endpoint', 'p256dh', 'auth']);
/** A line break or the name itself is not the value that a key names. */
const KEYED = /^(?:br|key|dt|name|member|wbr)$/;

const isPartText = (text: string): boolean => isKnownEndpoint(text) || isPoint(decodeBase64(text));

const textOf = (text: string): string => (text.includes('&') ? plainText(text).text : text);
