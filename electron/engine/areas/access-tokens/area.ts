import type { accessTokenProcedures } from '../../../contract/access-tokens.ts';
import type { Area } from '../area.ts';
import type { Ground } from '../ground.ts';
import { createAccessTokenService, type AccessTokenService } from './access-token-service.ts';
import { createAccessTokenStore } from './access-token-store.ts';

export interface AccessTokensArea extends Area<typeof accessTokenProcedures> {
  readonly accessTokens: AccessTokenService;
}

export function createAccessTokensArea({ store, host, changes, clock, log }: Ground): AccessTokensArea {
  const accessTokens = createAccessTokenService({
    store: createAccessTokenStore(store.db),
    desktop: host?.desktop ?? null,
    changes,
    clock,
    log,
  });
  return {
    accessTokens,
    procedures: {
      list: () => accessTokens.list(),
      create: (input) => accessTokens.create(input),
      revoke: ({ id }) => accessTokens.revoke(id),
    },
    stop() {
      accessTokens.stop();
      return Promise.resolve();
    },
  };
}
