import type { AccessToken, NewAccessToken } from '../../../contract/access-tokens.ts';
import type { AccessTokenId } from '../../../contract/ids.ts';
import { Refusal } from '../../../contract/problem.ts';
import type { ChangeHub } from '../../base/change-hub.ts';
import type { Clock } from '../../base/clock.ts';
import type { Host } from '../../base/host.ts';
import type { Log } from '../../base/log.ts';
import { areSameBytes } from '../../keys/same-secret.ts';
import type { Admitted, TokenGate } from '../../http/token-gate.ts';
import type { AccessTokenStore } from './access-token-store.ts';
import { hashOf } from './token-secret.ts';
import { issueToken } from './issue-token.ts';

/** Tokens for programs and people elsewhere. */
export interface AccessTokenService extends TokenGate {
  list(): AccessToken[];
  /**
   * Makes one and shows it once.
   * @throws Refusal UNAVAILABLE where there is no desktop, or nobody pressed anything
   */
  create(input: NewAccessToken): Promise<AccessToken>;
  /** Connections opened with it are closed. @throws Refusal NOT_FOUND */
  revoke(id: AccessTokenId): { revoked: boolean };
  /** Stops watching open connections. */
  stop(): void;
}

export interface AccessTokenServiceOptions {
  store: AccessTokenStore;
  /** Where a person sees it; `null`: nowhere. */
  desktop: Pick<Host['desktop'], 'showSecret'> | null;
  changes: Pick<ChangeHub, 'publish'>;
  clock: Clock;
  log: Log;
}

/** The last use of a token is recorded at most this often. */
const NOTED_EVERY_MS = 60_000;
/** How soon open connections are closed after another process has revoked their token, or it has expired. */
const LOOK_EVERY_MS = 1000;

export function createAccessTokenService({
  store,
  desktop,
  changes,
  clock,
  log,
}: AccessTokenServiceOptions): AccessTokenService {
  /** Open connections, by token. */
  const open = new Map<AccessTokenId, Set<() => void>>();
  let timer: NodeJS.Timeout | null = null;
  /** Whether the last check failed: reported once, not every second. */
  let isBlind = false;
  /** When the last use was due to be recorded, by token, whether it was recorded or not. */
  const noted = new Map<AccessTokenId, number>();

  const isOver = ({ expiresAt }: AccessToken) => expiresAt !== null && expiresAt <= clock.now();

  const closeAll = (id: AccessTokenId) => {
    const closing = open.get(id) ?? new Set();
    open.delete(id);
    for (const close of closing) close();
  };

  const isValid = (id: AccessTokenId): boolean => {
    const token = store.get(id);
    return token !== null && !isOver(token);
  };

  const stopLooking = () => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };

  const look = () => {
    try {
      for (const id of [...open.keys()]) if (!isValid(id)) closeAll(id);
      isBlind = false;
    } catch (error) {
      if (!isBlind) log.warn({ error: String(error) }, 'could not tidy up access tokens');
      isBlind = true;
    }
    if (open.size === 0) stopLooking();
  };

  const noteUse = ({ id, lastUsedAt }: AccessToken) => {
    const now = clock.now();
    const before = Math.max(lastUsedAt ?? -Infinity, noted.get(id) ?? -Infinity);
    if (now >= before && now - before < NOTED_EVERY_MS) return;
    noted.set(id, now);
    try {
      store.noteUse(id, now);
      changes.publish('tokens');
    } catch (error) {
      // A full disk keeps nobody out.
      log.warn({ error: String(error) }, 'the last use of an access token could not be stored');
    }
  };

  return {
    list: () => store.list(),
    async create(input) {
      if (desktop === null) throw noDesktop();
      const { token, secret } = issueToken(store, input, clock.now());
      // It is valid before it is shown: the person may use it while still looking at it.
      const { shown } = await desktop
        .showSecret({
          title: `Access token “${token.name}”`,
          text: secret,
          note: 'Copy it now. Pushdesk keeps only a hash of it and cannot show it again.',
        })
        .catch((error: unknown) => {
          store.remove(token.id);
          throw error;
        });
      if (!shown) {
        store.remove(token.id);
        throw notPressed();
      }
      log.info({ id: token.id, scopes: token.scopes }, 'made an access token');
      changes.publish('tokens');
      return token;
    },
    revoke(id) {
      if (!store.remove(id)) throw unknownToken();
      noted.delete(id);
      log.info({ id }, 'revoked an access token');
      closeAll(id);
      changes.publish('tokens');
      return { revoked: true };
    },
    admit(candidate): Admitted | null {
      const hash = hashOf(candidate);
      if (hash === null) return null;
      const found = store.byHash(hash);
      if (found === null || !areSameBytes(hash, found.hash) || isOver(found)) return null;
      noteUse(found);
      return { id: found.id, name: found.name, scopes: found.scopes };
    },
    isValid,
    hold(id, onGone) {
      const holders = open.get(id) ?? new Set();
      open.set(id, holders.add(onGone));
      timer ??= setInterval(look, LOOK_EVERY_MS).unref();
      return () => {
        holders.delete(onGone);
        if (holders.size === 0 && open.get(id) === holders) open.delete(id);
      };
    },
    stop: stopLooking,
  };
}

const noDesktop = () =>
  new Refusal('UNAVAILABLE', {
    code: 'no-desktop',
    cause: 'A new token is shown only on the machine of the engine, and there is no window there.',
    cure: 'Run "node server.mjs token create --name NAME --scope SCOPE" on that machine.',
  });

const notPressed = () =>
  new Refusal('UNAVAILABLE', {
    code: 'token-press',
    cause: 'A new token is shown only right after you press a button, so none was made.',
    cure: 'Close any other dialog and try again.',
  });

const unknownToken = () =>
  new Refusal('NOT_FOUND', {
    code: 'unknown-access-token',
    cause: 'There is no such access token. It may have been revoked.',
    cure: 'Look in the list of access tokens.',
  });
