import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from '../setup/paths.mjs';

/** Limits for one message and for what was seen when a test failed: long enough to tell why, short enough to be read. */
const MESSAGE_LINES = 60;
const EVIDENCE_LINES = 120;

/**
 * What failed in a report of vitest, each as one text: which test, why, and what was to be seen at that moment.
 * @typedef {{fullName: string, status: string, failureMessages: readonly string[], meta?: {evidence?: string}}} TestResult
 * @typedef {{name: string, status: string, message?: string, assertionResults: readonly TestResult[]}} FileResult
 * @param {{testResults: readonly FileResult[]}} report in the form of vitest's `json` reporter
 * @returns {string[]}
 */
export function failuresOf({ testResults }) {
  return testResults.flatMap((file) => {
    const name = path.relative(ROOT, file.name);
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    const texts = failed.map(({ fullName, failureMessages, meta }) =>
      [
        `${name} > ${fullName}`,
        ...failureMessages.map((message) => shortened(message)),
        shortened(meta?.evidence ?? '', EVIDENCE_LINES),
      ].join('\n'),
    );
    // It did not load, or failed outside any test, or its process ended early.
    if (file.status === 'failed' && (file.message || failed.length === 0))
      texts.push(`${name}\n${shortened(file.message || 'It did not finish; the reason is above.')}`);
    return texts.map((text) => text.trimEnd());
  });
}

/** @param {string} text */
function shortened(text, most = MESSAGE_LINES) {
  const lines = stripVTControlCharacters(text).trimEnd().split('\n');
  const shown = lines.slice(0, most);
  if (lines.length > most) shown.push(`… and ${lines.length - most} lines more`);
  return shown.map((line) => (line === '' ? '' : `  ${line}`)).join('\n');
}
