import { namedRow } from './named-values.ts';

/** Names and values in a text without brackets that a parser could follow. */
export type NamedValues = Record<string, unknown>;

const LINE =
  /^[ \t>|*•-]*(?:[A-Z]+[ \t]+)?["'`[:@$]*([\p{L}_][\p{L}\p{N}_.\- ]{0,40}?)["'`\]]*[ \t]*(?:=>|:|=|\||│)[ \t]*(\S.*)$/u;
/** A value that psql prints over several lines, with a mark at the end of each but the last, or one that PowerShell breaks. */
const MORE = /^\s*[|│]\s?(.*)$/;
const BROKEN_VALUE = /^\s{4,}([^\s:=|{}"']{3,})\s*$/;
const SEPARATING = /^\s*(?:[*=_-]{3,}.*|-\[ RECORD.*|\(?\d+ rows?.*|)$/i;
const NEW_ITEM = /^\s*[-*•]\s/;
const ENDPOINT_NAME = /endpoint|identifier|^ur[il]$/i;
const PAIR =
  /(?<![\w$])(?:name=["'])?([A-Za-z_][\w.-]{0,40})["'`]?\s*(?:=>|[:=>])\s*(?:"([^"\n]{0,4100})"|'([^'\n]{0,4100})'|([^\s"'`,;<>(){}[\]]{1,4100}))(?=[\s,;<>(){}\]|/]|$)/g;

/**
 * Reads lines such as `Endpoint: https://…`: what MySQL's `\G` and psql's `\x` print, settings, notes, simple YAML. A blank line, a rule, a
 * new item, or a name that was there already begins the next one.
 *
 * @returns one for each that has an endpoint
 */
export function readLabelledLines(lines: readonly string[]): NamedValues[] {
  const found: NamedValues[] = [];
  let values = fresh();
  const close = () => {
    const hasEndpoint = Object.entries(values).some(
      ([name, value]) =>
        (ENDPOINT_NAME.test(name) && /^["'<]?https?:/i.test(String(value))) ||
        /^\{.*https:/s.test(String(value)),
    );
    if (hasEndpoint) found.push(values);
    values = fresh();
  };
  let last = '';
  let mark: string | undefined;
  for (const line of lines) {
    if (SEPARATING.test(line) || NEW_ITEM.test(line)) close();
    const more = mark === undefined ? undefined : MORE.exec(line)?.[1];
    const isMarked = more !== undefined && (/[+↵]/.test(mark ?? '') || /^[.…]/.test(more));
    const broken = last in values ? BROKEN_VALUE.exec(line)?.[1] : undefined;
    if (isMarked && last in values) {
      const before = String(values[last]).replace(/\s*[+↵.…]$/, '');
      values[last] = /[+↵]/.test(mark ?? '') ? `${before}\n${more.trim()}` : before + more.slice(1).trim();
    } else if (broken !== undefined) {
      values[last] = String(values[last]) + broken;
    } else {
      const [, name, value] = LINE.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      if (name in values) close();
      values[name] = withoutQuotes(value);
      last = name;
    }
    mark = /[+↵.…]$/.exec(line.trimEnd())?.[0];
  }
  close();
  return found;
}

/**
 * Reads names and values that stand in one line, as programs print objects: `#<Subscription id: 1, endpoint: "https://…">`,
 * `Subscription(endpoint=…, keys=Keys(auth=…))`, and those of XML. A name that was there already begins the next one.
 *
 * @returns one for each that has an endpoint
 */
export function readInlinePairs(text: string): NamedValues[] {
  const found: NamedValues[] = [];
  let values = fresh();
  const close = () => {
    if (
      Object.entries(values).some(
        ([name, value]) => ENDPOINT_NAME.test(name) && /^https:/.test(String(value)),
      )
    ) {
      found.push(values);
    }
    values = fresh();
  };
  for (const [, name = '', double, single, bare] of text.matchAll(PAIR)) {
    const value = double ?? single ?? bare ?? '';
    if (name in values) close();
    values[name] = value;
  }
  close();
  return found;
}

const VALUE = /[^\s"'`,;<>(){}[\]|]{16,4100}/g;

/**
 * Finds a subscription in a text that names nothing, such as `new PushSubscription("https://…", "BN…", "q1…")`, by what its values are.
 */
export function readUnnamed(text: string): NamedValues[] {
  const values = text.match(VALUE) ?? [];
  const row = namedRow(values, null);
  return ['endpoint', 'p256dh', 'auth'].every((name) => name in row) ? [row] : [];
}

const fresh = (): NamedValues => Object.create(null) as NamedValues;

function withoutQuotes(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t,;\r'.includes(text.charAt(end - 1))) end -= 1;
  const value = text.slice(0, end);
  const quoted = /^(["'`])(.*)\1$/.exec(value);
  return quoted?.[2] ?? value;
}

/** Options of a command: `--endpoint=https://… --key "…" --auth …`. `null`: there is no endpoint among them. */
export function readArguments(command: string): NamedValues | null {
  const values = fresh();
  const OPTION = /(?:^|\s)--?([A-Za-z][\w-]*)(?:=|\s+)(?:"([^"]*)"|'([^']*)'|([^\s"']+))/g;
  for (const [, name = '', double, single, bare] of command
    .replaceAll(/\\(?:\r\n?|\n)/g, ' ')
    .matchAll(OPTION)) {
    values[name] = double ?? single ?? bare ?? '';
  }
  return Object.keys(values).some((name) => ENDPOINT_NAME.test(name)) ? values : null;
}
