import { z } from 'zod';

/**
 * How one Pushdesk opens the workspace of another: a WebSocket at `<public address>/workspace`, with a token of the owner in the
 * Authorization header. Its frames are those of a message port. The server speaks first.
 */
export const WORKSPACE_PATH = '/workspace';

/** Raised when an app and an engine can no longer work together if one of them is older. */
export const WORKSPACE_VERSION = 2;

/** Names the protocol with its version (RFC 6455 §1.9). */
export const WORKSPACE_PROTOCOL = `pushdesk.workspace.${WORKSPACE_VERSION}`;

/** The first frame of the server. */
export const workspaceGreetingSchema = z.object({
  workspace: z.object({
    /** Of the engine's Pushdesk. */
    version: z.string().max(100),
    contract: z.number().int(),
    /** The public address, or the name of the machine. */
    name: z.string().max(300),
  }),
});
export type WorkspaceGreeting = z.infer<typeof workspaceGreetingSchema>;

/** Why the server closes (RFC 6455 §7.4). */
export const WORKSPACE_CLOSE = {
  /** A frame that came is not a call. */
  badFrame: 1008,
  tooLarge: 1009,
  defect: 1011,
  /** The engine or its server stops; it may come back. */
  stops: 1012,
  /** The token was revoked or has expired. */
  token: 4401,
  /** The token is not the owner's, or the remote workspace was switched off. */
  scope: 4403,
  /** Another version of the protocol. */
  version: 4409,
  /** Too many frames at once, or a reader that does not read. */
  tooMany: 4429,
} as const;
