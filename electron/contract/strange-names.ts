import { shownName } from './characters.ts';

/** What is read of an issue of zod's, also where it comes as one of a standard schema. */
interface Issue {
  readonly code?: unknown;
  readonly keys?: unknown;
  readonly errors?: unknown;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Names, with the path to them (`filter.sort`), for which alone a value was refused. */
export type StrangeNames =
  /** No form of the value knows it. */
  | { kind: 'unknown'; name: string }
  /** Each belongs to another form of the value, such as `ids` and `filter`. */
  | { kind: 'apart'; names: readonly [string, string] };

/** @returns `null`: the issue is about something else */
export function strangeNames(issue: Issue): StrangeNames | null {
  const [first = [], ...rest] = strangersOf(issue, []);
  const unknown = first.find((name) => rest.every((names) => names.includes(name)));
  if (unknown !== undefined) return { kind: 'unknown', name: unknown };
  const [one] = first;
  const other = rest.flat().find((name) => !first.includes(name));
  return one === undefined || other === undefined ? null : { kind: 'apart', names: [one, other] };
}

/** The names that each form of the value does not know, of the forms that have nothing else against it. */
function strangersOf(issue: Issue, before: readonly string[]): string[][] {
  const path = [...before, ...pathOf(issue)];
  if (issue.code === 'unrecognized_keys' && Array.isArray(issue.keys))
    return [(issue.keys as readonly unknown[]).map((key) => [...path, shownName(String(key))].join('.'))];
  if (issue.code !== 'invalid_union' || !Array.isArray(issue.errors)) return [];
  return (issue.errors as readonly (readonly Issue[])[]).flatMap(([only, ...others]) =>
    only === undefined || others.length > 0 ? [] : strangersOf(only, path),
  );
}

/** Where an issue is, as far as names lead to it; as they may be shown. */
export const pathOf = ({ path }: Issue): string[] =>
  (path ?? []).map((part) => shownName(String(typeof part === 'object' ? part.key : part)));
