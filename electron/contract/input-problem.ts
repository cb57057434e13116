import { MISSING } from './issue-words.ts';
import { unknownField, type Problem } from './problem.ts';
import { pathOf, strangeNames } from './strange-names.ts';

/** What is read of a zod issue, also when it comes as an issue of a standard schema. */
export interface InputIssue {
  readonly message: string;
  readonly code?: unknown;
  readonly keys?: unknown;
  readonly errors?: unknown;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** How a refusal is worded at the place where the input comes in. */
export interface InputNames {
  /** The problem's code. */
  code: string;
  /** The name of the whole input, at the start of a sentence. */
  whole: string;
  /** Added after the advice about the field. */
  advice?: string;
}

/**
 * Why input of the wrong shape was refused: the first wrong field by its path, and what it may be. The sentences are the schema's own or
 * those of `wordsOfIssue`.
 */
export function inputProblem(issues: readonly InputIssue[], { code, whole, advice }: InputNames): Problem {
  const [first] = issues;
  const strange = first === undefined ? null : strangeNames(first);
  if (strange?.kind === 'unknown') return unknownField(strange.name);
  if (strange?.kind === 'apart') {
    const [field, other] = strange.names;
    const cause = `The fields "${field}" and "${other}" cannot be used together.`;
    return { code, cause, cure: 'Send only one of them.', field };
  }
  const found = first === undefined ? null : nearest(first, []);
  const words = found?.message ?? 'Use another value.';
  const isMissing = words.startsWith(MISSING);
  const field = found?.path.join('.') ?? '';
  const what = field === '' ? whole : `The field "${field}"`;
  return {
    code,
    cause: `${what} is ${isMissing ? 'missing' : 'invalid'}.`,
    cure: [isMissing ? words.slice(MISSING.length) : words, ...(advice === undefined ? [] : [advice])].join(
      ' ',
    ),
    ...(field === '' ? {} : { field }),
  };
}

/** For a value that fits none of several forms: what is wrong with the form it comes closest to, the form whose own fields are at fault. */
function nearest(issue: InputIssue, before: readonly string[]): { path: string[]; message: string } {
  const path = [...before, ...pathOf(issue)];
  if (issue.code === 'invalid_union' && Array.isArray(issue.errors)) {
    for (const issues of issue.errors as readonly (readonly InputIssue[])[]) {
      const [inner] = issues;
      if (inner !== undefined && (inner.path?.length ?? 0) > 0) return nearest(inner, path);
    }
  }
  return { path, message: issue.message };
}
