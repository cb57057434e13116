import { readFileSync } from 'node:fs';
import { Refusal, type Problem } from '../../../contract/problem.ts';
import type { WorkersDatabase } from '../../../contract/workers.ts';
import { readDatabaseAddress } from '../../workers/database-address.ts';
import type { DatabaseAddress } from '../../workers/work-queue.ts';
import { KeyRingClosed, type DatabaseFile } from './database-file.ts';

/** Which database the workers and this engine share: set by the environment, or by a person in Settings. */
export interface DatabaseChoice {
  /** For this run; `null`: none. */
  readonly address: DatabaseAddress | null;
  /** Without user name and password. */
  describe(): WorkersDatabase;
  /**
   * For the next start; `null`: none.
   * @throws Refusal if it is not an address, the environment sets it, or it cannot be stored
   */
  choose(address: string | null): Promise<WorkersDatabase>;
}

export async function createDatabaseChoice(
  file: DatabaseFile,
  fromEnvironment: DatabaseAddress | null,
): Promise<DatabaseChoice> {
  let problem: Problem | null = null;
  const read = (text: string): DatabaseAddress | null => {
    const found = readDatabaseAddress(text, (name) => readFileSync(name, 'utf8'), 'settings');
    problem = found.kind === 'refused' ? found.problem : found.warning;
    return found.kind === 'refused' ? null : found.address;
  };
  const kept = fromEnvironment === null ? await file.read() : ({ kind: 'none' } as const);
  const atStart = kept.kind === 'kept' ? kept.address : null;
  const address = fromEnvironment ?? (atStart === null ? null : read(atStart));
  if (kept.kind === 'closed') problem = CLOSED;
  let chosen = atStart;
  let isThere = fromEnvironment !== null || kept.kind !== 'none';
  let at = address;

  const describe = (): WorkersDatabase => ({
    source: fromEnvironment !== null ? 'environment' : isThere ? 'settings' : null,
    at: at === null ? null : `${at.host}:${at.port}/${at.database}`,
    isUsed: address !== null,
    needsRestart: chosen !== atStart,
    problem,
  });
  return {
    address,
    describe,
    async choose(text) {
      if (fromEnvironment !== null) throw new Refusal('CONFLICT', HELD);
      if (text === null) {
        await file.forget();
        [chosen, at, isThere, problem] = [null, null, false, null];
        return describe();
      }
      const wanted = read(text);
      if (wanted === null) {
        const refusal = new Refusal('BAD_INPUT', problem ?? CLOSED);
        problem = null;
        throw refusal;
      }
      try {
        await file.keep(text);
      } catch (error) {
        problem = null;
        throw new Refusal('UNAVAILABLE', error instanceof KeyRingClosed ? RING_CLOSED : NOT_KEPT);
      }
      [chosen, at, isThere] = [text, wanted, true];
      return describe();
    },
  };
}

const HELD: Problem = {
  code: 'workers-address-held',
  cause: 'PUSHDESK_WORKERS says which database it is for this run.',
  cure: 'Change that variable, then start Pushdesk again.',
};

const CLOSED: Problem = {
  code: 'workers-address-closed',
  cause:
    'The address of the workers’ database is sealed by a key ring that does not open it, so no worker is used.',
  cure: 'Unlock the key ring, then start Pushdesk again. Otherwise enter the address anew.',
};

const RING_CLOSED: Problem = {
  code: 'workers-address-not-sealed',
  cause: 'The key ring is locked, so the address, which holds a password, was not saved.',
  cure: 'Unlock the key ring, then save it again.',
};

const NOT_KEPT: Problem = {
  code: 'workers-address-not-kept',
  cause: 'The address could not be written to the data folder.',
  cure: 'See that the disk has room and that the folder can be written, then save it again.',
};
