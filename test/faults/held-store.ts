import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ROOT } from '../support/surroundings.ts';

const HOLD = `
const Database = require('better-sqlite3');
const connection = new Database(process.argv[1]);
connection.exec('BEGIN EXCLUSIVE');
process.stdout.write('held');
process.stdin.resume().on('end', () => { connection.exec('ROLLBACK'); connection.close(); });
`;

/** Another program writes to the store and does not finish until it is let go. */
export async function holdStore(file: string): Promise<{ release(): Promise<void> }> {
  const child = spawn(process.execPath, ['-e', HOLD, file], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await Promise.race([
    once(child.stdout, 'data'),
    ended.then(() => {
      throw new Error('The other program could not hold the store.');
    }),
  ]);
  return {
    async release() {
      child.stdin.end();
      await ended;
    },
  };
}
