import { shownName } from './characters.ts';

/** What is read of an issue of zod's, also where it comes as one of a standard schema. */
interface Issue {
  readonly code?: unknown;
  readonly keys?: unknown;
  readonly errors?: unknown;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * The name that a schema does not know, where an issue is about one, with the path to it: `filter.sort`. Of a union it is the form that
 * comes closest.
 */
export function unknownNameOf(issue: Issue, before: readonly string[] = []): string | null {
  const path = [...before, ...pathOf(issue)];
  if (issue.code === 'unrecognized_keys' && Array.isArray(issue.keys)) {
    const [key] = issue.keys as readonly unknown[];
    return [...path, shownName(String(key))].join('.');
  }
  if (issue.code !== 'invalid_union' || !Array.isArray(issue.errors)) return null;
  for (const issues of issue.errors as readonly (readonly Issue[])[]) {
    const [only, ...others] = issues;
    if (only === undefined || others.length > 0) continue;
    const name = unknownNameOf(only, path);
    if (name !== null) return name;
  }
  return null;
}

/** Where an issue is, as far as names lead to it; as they may be shown. */
export const pathOf = ({ path }: Issue): string[] =>
  (path ?? []).map((part) => shownName(String(typeof part === 'object' ? part.key : part)));
