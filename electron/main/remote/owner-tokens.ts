import type { KeyRing } from '../key-ring.ts';
import type { WorkspaceList } from '../workspace-list.ts';

/** The owner's tokens for servers: sealed by the system's key ring, or kept only as long as the app runs where there is none. */
export interface OwnerTokens {
  /** The one that is known without asking the key ring. */
  now(id: string): string | null;
  /** Opens the sealed one if it has to; `null`: there is none, or nobody can open it. */
  read(id: string): Promise<string | null>;
  keep(id: string, token: string): Promise<void>;
  drop(id: string): void;
}

export function createOwnerTokens(options: {
  ring: Pick<KeyRing, 'status' | 'unlock' | 'seal' | 'open'>;
  list: Pick<WorkspaceList, 'find' | 'change'>;
}): OwnerTokens {
  const { ring, list } = options;
  const opened = new Map<string, string>();
  const isReady = async () => {
    const { state } = await ring.status();
    return (state === 'locked' ? await ring.unlock() : { state }).state === 'ready';
  };
  return {
    now: (id) => opened.get(id) ?? null,
    async read(id) {
      const known = opened.get(id);
      if (known !== undefined) return known;
      const entry = list.find(id);
      if (entry?.kind !== 'server' || entry.sealedToken === null) return null;
      try {
        if (!(await isReady())) return null;
        const token = ring.open(entry.sealedToken);
        opened.set(id, token);
        return token;
      } catch {
        // Sealed by another key ring: the person is asked, and the next one is sealed by the current one.
        return null;
      }
    },
    async keep(id, token) {
      opened.set(id, token);
      let sealedToken: string | null = null;
      try {
        sealedToken = (await isReady()) ? ring.seal(token) : null;
      } catch {
        // It is asked for at the next start.
      }
      // It may have been forgotten or replaced while the person was asked for the key ring's password.
      if (opened.get(id) === token) list.change(id, { sealedToken });
    },
    drop(id) {
      opened.delete(id);
    },
  };
}
