import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ROOT } from '../setup/paths.mjs';
import { TYPED } from './rules.mjs';

/** The rules that need types: those that Oxlint names, and one, about instances of classes, that it has no name for yet. */
export const ASKED = [
  ...Object.entries(TYPED).map(([name, level]) => ({
    name: name.slice(name.indexOf('/') + 1),
    ...(typeof level === 'string' ? {} : { options: level[1] }),
  })),
  { name: 'no-unsafe-class-instance-assignment' },
];

/** A message begins with the length of its content, in four bytes, and a byte that says what kind it is. */
const HEAD_BYTES = 5;

/**
 * What the rules find in these files. Oxlint would ask the same program for all but one of the rules; asking it here for all of them at
 * once avoids checking the types twice. If the program cannot run, what it says about that.
 * @param {readonly string[]} files as absolute paths
 * @returns {{file: string, line: number, rule: string, text: string}[]}
 */
export function breachesOf(files) {
  const input = JSON.stringify({ version: 2, configs: [{ file_paths: files, rules: ASKED }] });
  const { status, stdout, stderr, error } = spawnSync(program(), ['headless'], {
    cwd: ROOT,
    input,
    maxBuffer: Infinity,
  });
  if (error) throw error;
  if (status !== 0)
    throw new Error(`tsgolint ended with ${status}: ${stderr.toString() || stdout.toString()}`);
  return contentsOf(stdout).map((content) => {
    const { file_path: file, range, rule, message, error: trouble } = JSON.parse(content);
    return {
      file: file ?? '',
      line: file && range ? lineAt(file, range.pos) : 0,
      rule: rule ?? '',
      text: message ? message.description : String(trouble),
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
