import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { problemSchema } from './problem.ts';
import { procedure } from './procedure.ts';

/** The folder that the app was started with: it is always in the list. */
export const HOME_WORKSPACE = 'home';

export const MAX_WORKSPACE_NAME = 60;

export const workspaceSchema = z.object({
  id: z.string(),
  kind: z.enum(['folder', 'server']),
  name: z.string(),
  /** Path of the data folder, or the server's public address. */
  place: z.string(),
  /** Whether it has a window at the moment. */
  isOpen: z.boolean(),
});
export type Workspace = z.infer<typeof workspaceSchema>;

/** The way to the engine of a workspace. Times are in milliseconds since 1970. */
export const lineSchema = z.discriminatedUnion('state', [
  /** The engine is a thread of this app: there is no line that could be lost. */
  z.object({ state: z.literal('here') }),
  z.object({ state: z.literal('connecting') }),
  z.object({ state: z.literal('open') }),
  z.object({
    state: z.literal('lost'),
    problem: problemSchema,
    /** Since when what is on screen may be out of date; `null`: the line was never open. */
    since: z.number().nullable(),
    /** When it is tried next; `null`: not before the person does something, or it is being tried now. */
    nextTryAt: z.number().nullable(),
    isTrying: z.boolean(),
    /** What the person has to do before another try is worthwhile. */
    wants: z.enum(['token', 'nothing']),
  }),
]);
export type Line = z.infer<typeof lineSchema>;

export const workspacesViewSchema = z.object({
  /** The one that this window shows. */
  current: workspaceSchema,
  /** Those that the app knows, its own first, then by when they were opened. */
  known: z.array(workspaceSchema),
  line: lineSchema,
  /** How often File → Open workspace was chosen for this window: the dialog is shown each time. */
  asked: z.number().int(),
});
export type WorkspacesView = z.infer<typeof workspacesViewSchema>;

export const serverAddressSchema = z.string().trim().min(1, 'Enter the address of the server.').max(2000);
export const ownerTokenSchema = z.string().trim().min(1, 'Enter an owner token.').max(500);
const serverAccessSchema = z.strictObject({ address: serverAddressSchema, token: ownerTokenSchema });

/** The suggested name of a file, without a folder. */
const fileNameSchema = z
  .string()
  .max(120)
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._-]*\.(?:csv|jsonl|pdf)$/u,
    'Use a name that ends in .csv, .jsonl or .pdf.',
  );
const fileIdSchema = z.uuid();
const MAX_PIECE = 16_000_000;

/**
 * Files on this machine, wherever the engine is: the person chooses where, and the page never sees what was there. A file that is not
 * closed with `keep` is removed.
 */
const saveContract = {
  open: procedure
    .input(z.strictObject({ suggestedName: fileNameSchema }))
    .output(z.object({ file: z.object({ id: z.string(), path: z.string() }).nullable() })),
  write: procedure
    .input(z.strictObject({ id: fileIdSchema, text: z.string().max(MAX_PIECE) }))
    .output(z.object({ written: z.boolean() })),
  close: procedure
    .input(z.strictObject({ id: fileIdSchema, keep: z.boolean() }))
    .output(z.object({ kept: z.boolean() })),
  /** Prints a page that has no scripts; nothing in it is loaded from anywhere. */
  pdf: procedure
    .input(z.strictObject({ suggestedName: fileNameSchema, html: z.string().max(1_000_000) }))
    .output(z.object({ path: z.string().nullable() })),
};

/**
 * What the window asks of the app around it about workspaces. Served by Electron's main thread, through a port of its own beside the
 * engine's; scripts have no use for it. No answer contains a token.
 */
export const workspacesContract = {
  watch: procedure.output(eventIterator(workspacesViewSchema)),
  /** Lets the person choose or make a folder on this machine; `null`: they cancelled. */
  chooseFolder: procedure.output(z.object({ path: z.string().nullable() })),
  /** Opens a folder that was just chosen. One that is already open comes to the front. */
  openFolder: procedure.input(z.strictObject({ path: z.string() })).output(z.object({ id: z.string() })),
  /** Whether a server answers there, and with what; nothing is kept. */
  testServer: procedure.input(serverAccessSchema).output(z.object({ name: z.string(), version: z.string() })),
  /** Tests it, keeps it in the list, and opens it. */
  openServer: procedure.input(serverAccessSchema).output(z.object({ id: z.string() })),
  /** Opens one of the list. */
  open: procedure.input(z.strictObject({ id: z.string() })).output(z.object({ id: z.string() })),
  rename: procedure
    .input(z.strictObject({ id: z.string(), name: z.string().trim().min(1).max(MAX_WORKSPACE_NAME) }))
    .output(z.object({ id: z.string() })),
  /** Takes it off the list, with its token; nothing in the folder or on the server changes. */
  forget: procedure.input(z.strictObject({ id: z.string() })).output(z.object({ id: z.string() })),
  /** Tries this window's connection at once. */
  tryNow: procedure.output(z.object({ tried: z.boolean() })),
  /** Sets another token for this window's server. */
  giveToken: procedure
    .input(z.strictObject({ token: ownerTokenSchema }))
    .output(z.object({ tried: z.boolean() })),
  save: saveContract,
};
export type WorkspacesContract = typeof workspacesContract;
