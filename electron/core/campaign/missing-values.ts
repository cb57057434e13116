import type { Message } from '../../contract/message.ts';
import type { PersonalPreflight } from '../../contract/preflight.ts';
import type { Problem } from '../../contract/problem.ts';

/** Code of the problem that blocks a send as long as somebody lacks a value. */
export const VALUES_MISSING = 'values-missing';

const inWords = (count: number) => count.toLocaleString('en');

/**
 * What recipients without a value mean for a send.
 *
 * @param reachable all recipients, including those
 */
export function judgeValues(
  { missingValues }: Pick<Message, 'missingValues'>,
  { missing, leftOut }: Pick<PersonalPreflight, 'missing' | 'leftOut'>,
  reachable: number,
): { blockers: Problem[]; warnings: Problem[] } {
  if (leftOut === 0) return { blockers: [], warnings: [] };
  const cause = `${missing
    .map(({ variable, count }) => `${inWords(count)} of ${inWords(reachable)} recipients have no ${variable}`)
    .join('; ')}.`;
  const [first] = missing;
  const fallback = `Add a fallback, such as {{${first?.variable ?? 'name'}|there}}`;
  if (missingValues === 'block')
    return {
      blockers: [
        {
          code: VALUES_MISSING,
          cause,
          cure: `${fallback}, or leave those recipients out.`,
          field: 'missingValues',
        },
      ],
      warnings: [],
    };
  const warning = {
    code: 'left-out-without-value',
    cause,
    cure: `They are left out. ${fallback} to reach them.`,
  };
  if (leftOut < reachable) return { blockers: [], warnings: [warning] };
  return { blockers: [{ ...warning, cure: `${fallback}: nobody would get this message.` }], warnings: [] };
}
