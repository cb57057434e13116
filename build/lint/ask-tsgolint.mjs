import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ROOT } from '../setup/paths.mjs';

/** The one rule that asks for types and that Oxlint has no name for yet. The program that Oxlint asks for types has it. */
export const RULE = 'no-unsafe-class-instance-assignment';

/** A message begins with the length of its content, in four bytes, and a byte that says what kind it is. */
const HEAD_BYTES = 5;

/**
 * What the rule finds in these files: each as its file, line and message. In its own words, what keeps the program from asking.
 * @param {readonly string[]} files as absolute paths
 * @returns {{file: string, line: number, text: string}[]}
 */
export function breachesOf(files) {
  const input = JSON.stringify({ version: 2, configs: [{ file_paths: files, rules: [{ name: RULE }] }] });
  const { status, stdout, stderr, error } = spawnSync(program(), ['headless'], {
    cwd: ROOT,
    input,
    maxBuffer: Infinity,
  });
  if (error) throw error;
  if (status !== 0)
    throw new Error(`tsgolint ended with ${status}: ${stderr.toString() || stdout.toString()}`);
  return contentsOf(stdout).map((content) => {
    const { file_path: file, range, message, error: trouble } = JSON.parse(content);
    return {
      file: file ?? '',
      line: file && range ? lineAt(file, range.pos) : 0,
      text: message ? `${message.description} (${RULE})` : String(trouble),
    };
  });
}

function program() {
  const own = createRequire(createRequire(import.meta.url).resolve('oxlint-tsgolint/package.json'));
  const end = process.platform === 'win32' ? '.exe' : '';
  return own.resolve(`@oxlint-tsgolint/${process.platform}-${process.arch}/tsgolint${end}`);
}

/** @param {Buffer} bytes */
function contentsOf(bytes) {
  const contents = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + HEAD_BYTES + bytes.readUInt32LE(at);
    contents.push(bytes.toString('utf8', at + HEAD_BYTES, end));
    at = end;
  }
  return contents;
}

/** @param {string} file @param {number} position in bytes */
function lineAt(file, position) {
  return readFileSync(file).subarray(0, position).toString('utf8').split('\n').length;
}
