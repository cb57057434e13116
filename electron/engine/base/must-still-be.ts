import { isDeepStrictEqual } from 'node:util';
import { Refusal } from '../../contract/problem.ts';
import { visibleOwnText } from '../../core/text/visible-text.ts';

/**
 * Keeps a change that is based on an old state, such as one from a second window, from overwriting what was written in the meantime.
 *
 * @param now the fields as they are
 * @param was what the caller saw in the fields that it changes; `undefined`: it wants its change whatever is there
 * @throws Refusal CONFLICT, naming what is there now
 */
export function mustStillBe<Fields extends object>(
  now: Fields,
  was: { readonly [Name in keyof Fields]?: Fields[Name] | undefined } | undefined,
): void {
  for (const [field, seen] of Object.entries(was ?? {})) {
    const value: unknown = now[field as keyof Fields];
    if (seen === undefined || isDeepStrictEqual(value, seen)) continue;
    throw changedElsewhere(field, value);
  }
}

/** @param value what is there now; omitted: the refusal does not say */
export const changedElsewhere = (field: string, value?: unknown): Refusal =>
  new Refusal('CONFLICT', {
    code: 'changed-elsewhere',
    cause: causeOf(value),
    cure: 'Save again to replace it, or discard your change to keep it.',
    field,
  });

/** Longer texts are not quoted in the answer. */
const MAX_QUOTED = 300;

function causeOf(value: unknown): string {
  if (value === null || value === '') return 'This was cleared elsewhere while you were editing it.';
  const isShort = typeof value === 'number' || (typeof value === 'string' && value.length <= MAX_QUOTED);
  return isShort
    ? `This was changed elsewhere to “${visibleOwnText(String(value))}” while you were editing it.`
    : 'This was changed elsewhere while you were editing it.';
}
