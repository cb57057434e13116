import { z } from 'zod';
import { hiddenCharacter, hiddenCharacterCure } from './characters.ts';
import { instantSchema } from './common.ts';
import { accessTokenIdSchema } from './ids.ts';
import { procedure } from './procedure.ts';

/** What a token lets its holder do; `access.ts` says which procedures that is. */
export const tokenScopeSchema = z.enum(['owner', 'send', 'read', 'subscribe']);
export type TokenScope = z.infer<typeof tokenScopeSchema>;

/** What every token begins with, so that scanners for leaked secrets recognise it. */
export const TOKEN_PREFIX = 'pushdesk_';

/** What is known of an access token, without the token: only a hash of it is kept. */
export const accessTokenSchema = z.object({
  id: accessTokenIdSchema,
  name: z.string(),
  scopes: z.array(tokenScopeSchema),
  createdAt: instantSchema,
  /** To within a minute; `null`: never. */
  lastUsedAt: instantSchema.nullable(),
  /** `null`: it does not expire. */
  expiresAt: instantSchema.nullable(),
});
export type AccessToken = z.infer<typeof accessTokenSchema>;

export const accessTokenNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .superRefine((value, context) => {
    const hidden = hiddenCharacter(value, 'name');
    if (hidden !== null) context.addIssue({ code: 'custom', message: hiddenCharacterCure(hidden) });
  });

export const newAccessTokenSchema = z.strictObject({
  name: accessTokenNameSchema,
  scopes: z.array(tokenScopeSchema).min(1).max(4),
  /** `null`: it does not expire. */
  expiresInDays: z.number().int().min(1).max(3650).nullable().default(null),
});
export type NewAccessToken = z.output<typeof newAccessTokenSchema>;

export const accessTokenTopics = ['tokens'] as const;

export const accessTokenProcedures = {
  list: procedure
    .route({ method: 'GET', path: '/access-tokens', summary: 'Access tokens, newest first' })
    .output(z.array(accessTokenSchema)),
  /**
   * Makes one and shows it once, in a dialog of the system: the caller never gets it. Refused with UNAVAILABLE where there is no desktop.
   * [Note: not over HTTP] A token that was stolen could make others that outlive it.
   */
  create: procedure.input(newAccessTokenSchema).output(accessTokenSchema),
  /** It stops working at once, and the connections that it opened are closed. */
  revoke: procedure
    .route({ method: 'DELETE', path: '/access-tokens/{id}', summary: 'Revoke an access token' })
    .input(z.strictObject({ id: accessTokenIdSchema }))
    .output(z.object({ revoked: z.boolean() })),
};
