import { shownName } from './characters.ts';
import type { InputIssue } from './input-problem.ts';
import { pathOf } from './unknown-name.ts';

/**
 * Two names that different forms of a value know and no form knows both of, such as `ids` and `filter`, with the path to them; `null`: the
 * issue is about something else.
 */
export function namesNotTogether(
  issue: InputIssue,
  before: readonly string[] = [],
): [one: string, other: string] | null {
  if (issue.code !== 'invalid_union' || !Array.isArray(issue.errors)) return null;
  const path = [...before, ...pathOf(issue)];
  const strangers: (readonly string[])[] = [];
  for (const issues of issue.errors as readonly (readonly InputIssue[])[]) {
    const [only, ...others] = issues;
    if (only === undefined || others.length > 0) continue;
    if (only.code === 'invalid_union') return namesNotTogether(only, path);
    if (only.code !== 'unrecognized_keys' || !Array.isArray(only.keys)) continue;
    strangers.push(
      (only.keys as readonly unknown[]).map((key) =>
        [...path, ...pathOf(only), shownName(String(key))].join('.'),
      ),
    );
  }
  const [first = [], ...rest] = strangers;
  if (rest.length === 0 || first.some((name) => rest.every((names) => names.includes(name)))) return null;
  const [one] = first;
  const other = rest.flat().find((name) => name !== one);
  return one === undefined || other === undefined ? null : [one, other];
}
