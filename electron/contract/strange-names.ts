import { shownName } from './characters.ts';

/** What is read of a zod issue, also when it comes as an issue of a standard schema. */
interface Issue {
  readonly code?: unknown;
  readonly keys?: unknown;
  readonly errors?: unknown;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** Names, with the path to them (`filter.sort`), that were the only reason for refusing a value. */
export type StrangeNames =
  /** Names that no form of the value knows. */
  | { kind: 'unknown'; name: string }
  /** Names that each belong to a different form of the value, such as `ids` and `filter`. */
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

/** For each form that has no other objection to the value: the names that it does not know. */
function strangersOf(issue: Issue, before: readonly string[]): string[][] {
  const path = [...before, ...pathOf(issue)];
  if (issue.code === 'unrecognized_keys' && Array.isArray(issue.keys))
    return [(issue.keys as readonly unknown[]).map((key) => [...path, shownName(String(key))].join('.'))];
  if (issue.code !== 'invalid_union' || !Array.isArray(issue.errors)) return [];
  return (issue.errors as readonly (readonly Issue[])[]).flatMap(([only, ...others]) =>
    only === undefined || others.length > 0 ? [] : strangersOf(only, path),
  );
}

/** The path to an issue, as far as names lead to it, in a form that may be shown. */
export const pathOf = ({ path }: Issue): string[] =>
  (path ?? []).map((part) => shownName(String(typeof part === 'object' ? part.key : part)));
