import { writeFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';

/** The environment variable that names the file which {@link ErrorsOutsideTests} writes. */
export const ERRORS_FILE = 'PUSHDESK_ERRORS_OUTSIDE_TESTS';

/**
 * A reporter for vitest that keeps what its report in JSON leaves out: errors that belong to no test, such as a rejection that nobody
 * handled or a process that did not end. Writes an array of texts.
 */
export default class ErrorsOutsideTests {
  /** @param {unknown} _modules @param {readonly import('vitest').SerializedError[]} errors */
  onTestRunEnd(_modules, errors) {
    const file = process.env[ERRORS_FILE];
    if (file !== undefined) writeFileSync(file, JSON.stringify(errors.map(textOf)));
  }
}

/**
 * An error as one text: its message, where it happened, and its cause.
 * @param {unknown} error
 * @returns {string}
 */
export function textOf(error) {
  if (typeof error !== 'object' || error === null) return String(error);
  const {
    name = 'Error',
    message = '',
    stack,
    cause,
    type,
    VITEST_TEST_PATH: file,
  } = /** @type {Record<string, unknown>} */ (error);
  const kind = type === undefined ? [] : [`${type}${file === undefined ? '' : ` while ${file} ran`}`];
  const said = `${name}: ${message}`;
  const where =
    typeof stack === 'string' && stack.includes(String(message)) ? stack : `${said}\n${stack ?? ''}`;
  const behind = cause === undefined ? [] : [`Caused by ${textOf(cause)}`];
  return stripVTControlCharacters([...kind, where.trimEnd(), ...behind].join('\n'));
}
