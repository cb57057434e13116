import { Refusal } from '../../../contract/problem.ts';
import { withoutOuterQuotes } from '../../../core/text/plain-text.ts';
import type { LogForm } from './log-lines.ts';
import type { Machine } from './headless-environment.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
const FORMS = ['json', 'plain'] as const;

export interface LogOptions {
  form: LogForm;
  level: (typeof LEVELS)[number];
}

/**
 * Reads `PUSHDESK_LOG` and `PUSHDESK_LOG_LEVEL`. Plain lines to systemd's journal (it sets `JOURNAL_STREAM`) carry their priority.
 *
 * @throws Refusal BAD_INPUT
 */
export function readLogOptions({ env }: Pick<Machine, 'env'>): LogOptions {
  const form = wordOf(env, 'PUSHDESK_LOG', FORMS, 'json');
  const level = wordOf(env, 'PUSHDESK_LOG_LEVEL', LEVELS, 'info');
  const isJournal = (env['JOURNAL_STREAM'] ?? '') !== '';
  return { form: form === 'plain' && isJournal ? 'journal' : form, level };
}

function wordOf<Word extends string>(
  env: Machine['env'],
  name: string,
  words: readonly Word[],
  otherwise: Word,
): Word {
  const text = withoutOuterQuotes(env[name] ?? '');
  if (text === '') return otherwise;
  const found = words.find((word) => word === text.toLowerCase());
  if (found !== undefined) return found;
  throw new Refusal('BAD_INPUT', {
    code: 'bad-variable',
    cause: `${name} is "${text.slice(0, 40)}", which is not one of its values.`,
    cure: `Set it to ${words.slice(0, -1).join(', ')} or ${words.at(-1) ?? ''}, or leave it out, then start Pushdesk again.`,
  });
}
