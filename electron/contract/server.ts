import { procedure } from './procedure.ts';
import { z } from 'zod';
import { instantSchema } from './common.ts';
import { phoneFindingsSchema } from './http.ts';
import { subscriptionIdSchema } from './ids.ts';
import { problemSchema } from './problem.ts';

/** Whether the public address leads to this engine, which it checks by calling itself through that address. */
export const reachCheckSchema = z.object({
  at: instantSchema,
  /** The address that was checked, which may have been changed since. */
  url: z.string(),
  /** Why it does not; `null`: it does. */
  problem: problemSchema.nullable(),
  /** What works but could be better. */
  hints: z.array(problemSchema),
  /** Of the certificate that it presented; `null`: none. */
  certificateExpiresAt: instantSchema.nullable(),
});
export type ReachCheck = z.infer<typeof reachCheckSchema>;

/** Where the server listens for other machines, as it was when it started. */
export const outerStatusSchema = z.object({
  /** `0.0.0.0:4830`. */
  address: z.string(),
  isEncrypted: z.boolean(),
  /** Why it does not listen there; `null`: it does. */
  problem: problemSchema.nullable(),
  warnings: z.array(problemSchema),
});
export type OuterStatus = z.infer<typeof outerStatusSchema>;

export const reachStatusSchema = z.object({
  /** The public address with a slash at its end; `null`: none is set. */
  url: z.string().nullable(),
  /** The last check of this address; `null`: there has been none since the start. */
  check: reachCheckSchema.nullable(),
  /** `null`: only this machine reaches it directly. */
  outer: outerStatusSchema.nullable(),
});
export type ReachStatus = z.infer<typeof reachStatusSchema>;

export const serverStatusSchema = z.object({
  state: z.enum(['running', 'stopped', 'failed']),
  /** The port that was asked for. */
  wantedPort: z.number().int(),
  /** The port in use: the next free one if the wanted one was taken. */
  port: z.number().int().nullable(),
  /** Address of the subscribe page, `http://localhost:<port>/`: a secure context for browsers on this machine. */
  url: z.string().nullable(),
  /** Why it failed, or that it moved to another port. */
  problem: problemSchema.nullable(),
  /** That unusually many new subscriptions came through the page, until the owner has responded to this. */
  growth: problemSchema.nullable(),
  /** That the API token's file held no token at this start, so a new one was made; `null`: all is well. */
  tokenProblem: problemSchema.nullable(),
  /** How other machines reach it. */
  reach: reachStatusSchema,
});
export type ServerStatus = z.infer<typeof serverStatusSchema>;

/** How many rows of requests are kept; the oldest are dropped. */
export const KEPT_REQUESTS = 200;

/** Requests that the embedded server answered: one, or repeats with less than a minute between them. */
export const servedRequestSchema = z.object({
  id: z.number().int(),
  /** The last of them. */
  at: instantSchema,
  firstAt: instantSchema,
  count: z.number().int().min(1),
  method: z.string(),
  /** Of the last one. */
  path: z.string(),
  /** Whether some of them asked for another path; only requests refused for the same reason are grouped that way. */
  hasOtherPaths: z.boolean(),
  status: z.number().int(),
  durationMs: z.number(),
  /** What it meant, for example "New subscription" or why it was refused. */
  note: z.string().nullable(),
});
export type ServedRequest = z.infer<typeof servedRequestSchema>;

/**
 * The file that holds the local API's token, mode 0600; `null` when the token came from the environment and is in no file. Never the token
 * itself.
 */
export const apiTokenPlaceSchema = z.object({ file: z.string().nullable() });
export type ApiTokenPlace = z.infer<typeof apiTokenPlaceSchema>;

/** What a site needs to know to use this engine. */
export const kitTargetSchema = z.object({
  /** Address of the public routes for visitors' browsers: the public one, or the one of this machine; `null`: the server is off. */
  engine: z.string().nullable(),
  /** Whether other machines reach it there. */
  isPublic: z.boolean(),
  /** Of the key pair in use; `null`: there is none. */
  publicKey: z.string().nullable(),
});
export type ServerKit = z.infer<typeof kitTargetSchema>;

/** A QR code that is being shown, and the link in it. It ends by itself after half an hour. */
export const phoneWatchSchema = z.object({
  /** Names it in later calls; part of the link. */
  token: z.string(),
  /** What the QR code says: the subscribe page with the token, at the public address, or at that of this machine. */
  url: z.string(),
  /** Whether other machines reach it there. */
  isPublic: z.boolean(),
});
export type PhoneWatch = z.infer<typeof phoneWatchSchema>;

/** What the page that was opened last by that link found, and when it said so. */
export const phoneVisitSchema = z.object({
  at: instantSchema,
  findings: phoneFindingsSchema,
  /** The row of its subscription; `null`: it has none, or is not in the list. */
  subscriptionId: subscriptionIdSchema.nullable(),
});
export type PhoneVisit = z.infer<typeof phoneVisitSchema>;

const phoneTokenSchema = z.strictObject({ token: z.string().max(100) });

export const serverTopics = ['server', 'requests', 'phone'] as const;

export const serverProcedures = {
  status: procedure
    .route({ method: 'GET', path: '/server', summary: 'The embedded server' })
    .output(serverStatusSchema),
  start: procedure.output(serverStatusSchema),
  stop: procedure.output(serverStatusSchema),
  /** The last 200 requests, newest first. */
  requests: procedure
    .route({ method: 'GET', path: '/server/requests', summary: 'The last requests to the embedded server' })
    .output(z.array(servedRequestSchema)),
  /** Answers `growth` of the status: the owner has seen it, and may let as many in again. */
  answerGrowth: procedure
    .route({
      method: 'POST',
      path: '/server/growth',
      summary: 'Let more new subscriptions in, or dismiss the warning about them',
    })
    .input(z.strictObject({ letMoreIn: z.boolean() }))
    .output(serverStatusSchema),
  /**
   * Requests a proof through the public address, and says in words what is wrong. Refused with NOT_FOUND while no public address is set,
   * with CONFLICT while the server does not run.
   */
  checkReach: procedure
    .route({
      method: 'POST',
      path: '/server/check',
      summary: 'Check whether the public address leads to this engine',
    })
    .output(serverStatusSchema),
  openSubscribePage: procedure.output(z.object({ url: z.string() })),
  /**
   * [Note: not over HTTP] Makes a link for a phone, whose page then reports what is missing there. Kept in memory only.
   * Refused with CONFLICT while the server does not run.
   */
  watchPhone: procedure.output(phoneWatchSchema),
  /** `ended`: the token is no longer valid. */
  phone: procedure
    .input(phoneTokenSchema)
    .output(z.object({ state: z.enum(['watching', 'ended']), visit: phoneVisitSchema.nullable() })),
  /** The QR code is no longer shown. */
  leavePhone: procedure.input(phoneTokenSchema).output(z.object({ left: z.boolean() })),
  /** Where the kit on a person's own site should report, and with which key. */
  kit: procedure.output(kitTargetSchema),
  /** Saves the kit as a zip where the person chooses; `path`: `null` when they cancelled. */
  saveKit: procedure.output(z.object({ path: z.string().nullable() })),
};

export const apiTokenProcedures = {
  /**
   * Shows a person the local API's token, or copies it for them. The caller never gets it, because a page that was taken over would get it
   * too. Both need a press in the window. [Note: not over HTTP]
   */
  showApiToken: procedure.output(apiTokenPlaceSchema),
  copyApiToken: procedure.output(apiTokenPlaceSchema),
  /** Makes a new token; the old one stops working at once. [Note: not over HTTP] */
  renewApiToken: procedure.output(apiTokenPlaceSchema),
};
