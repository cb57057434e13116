import { fieldOf } from './field-role.ts';
import { parseJson } from './parse-json.ts';
import type { NamedValues } from './labelled-lines.ts';

const NUMBER = /^\s*(?:\d+[)#]\s+)*/;
const ARROW = /^("(?:[^"\\]|\\.)*")\s*=>\s*("(?:[^"\\]|\\.)*"|[^"\s][^"]*)$/;

/**
 * Reads names and values on alternating lines, as `redis-cli` prints a hash: numbered and in quotes, or raw. A name that is already there
 * begins the next one; if there are several with nothing between them, all must be complete, because otherwise it is not known where one
 * ends.
 *
 * @returns one for each, with its start; `null`: these are not such lines
 */
export function alternatingLines(text: string): { values: NamedValues; at: number }[] | null {
  const lines: { text: string; at: number }[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const plain = line.replace(NUMBER, '').trim();
    const arrow = ARROW.exec(plain);
    const parts = arrow === null ? [plain] : [arrow[1] ?? '', arrow[2] ?? ''];
    if (!/^$|^[\w.:[\]-]*>(?: |$)|^\(\w+\)$/.test(plain) || (lines.length > 0 && plain === ''))
      for (const part of parts) lines.push({ text: unquoted(part), at });
    at += line.length + 1;
  }
  while (lines.at(-1)?.text === '') lines.pop();
  const endpoint = lines.findIndex(
    (line, index) =>
      fieldOf(line.text)?.role === 'endpoint' && /^https?:\/\//.test(lines[index + 1]?.text ?? ''),
  );
  if (endpoint === -1 || endpoint % 2 === 1) return null;
  const all: { values: NamedValues; at: number }[] = [];
  for (let index = 0; index + 1 < lines.length; index += 2) {
    const name = lines[index];
    const value = lines[index + 1];
    if (name === undefined || value === undefined || !/^[\p{L}_][\p{L}\p{N}_.:-]{0,60}$/u.test(name.text))
      return null;
    let last = all.at(-1);
    if (last === undefined || name.text in last.values) {
      last = { values: Object.create(null) as NamedValues, at: name.at };
      all.push(last);
    }
    last.values[name.text] = value.text;
  }
  const [first] = all;
  if (first === undefined || lines.length % 2 === 1) return null;
  const isNumbered = /^\s*(?:\d+[)#]\s+)+/.exec(text)?.[0];
  // The beginning of what is numbered is lost.
  if (isNumbered !== undefined && !/(?:^|\s)1[)#]\s+$/.test(isNumbered)) return null;
  const names = Object.keys(first.values);
  if (fieldOf(names[0] ?? '')?.role === 'endpoint') return all;
  if (isNumbered === undefined && !startsWhole(names, all.length)) return null;
  const sorted = [...names].sort().join(' ');
  return all.every(({ values }) => Object.keys(values).sort().join(' ') === sorted) ? all : null;
}

/**
 * Whether raw lines begin with a complete name, and the keys are on one side of the endpoint: otherwise they may be the rest of another
 * one. If there is only one, with its keys first, nothing shows that they are its own.
 */
function startsWhole(names: readonly string[], count: number): boolean {
  const roles = names.map((name) => fieldOf(name)?.role);
  const [first] = roles;
  if (count === 1 && (first === 'p256dh' || first === 'auth')) return false;
  const [p256dh, endpoint, auth] = [
    roles.indexOf('p256dh'),
    roles.indexOf('endpoint'),
    roles.indexOf('auth'),
  ];
  const isOneSide = p256dh === -1 || auth === -1 || p256dh < endpoint === auth < endpoint;
  return (
    isOneSide && (first !== undefined || /^(?:_?id|uuid|key|keys|ua|user_?agent|ip)$/i.test(names[0] ?? ''))
  );
}

function unquoted(text: string): string {
  if (!/^".*"$/s.test(text)) return text;
  const value = parseJson(text);
  return typeof value === 'string' ? value : text.slice(1, -1);
}
