import { spawnSync } from 'node:child_process';

const FLAG = '--no-memory-protection-keys';

/**
 * Flags for a Node whose threads come and go. On processors with protection keys V8 can then lose track of its code pages, and ends the
 * whole process ("Check failed: jit_page.has_value()").
 * @returns {string[]} none where this Node, system or processor has no such keys
 */
export function flagsForThreads(node = process.execPath) {
  return spawnSync(node, [FLAG, '--eval', '0'], { stdio: 'ignore' }).status === 0 ? [FLAG] : [];
}
