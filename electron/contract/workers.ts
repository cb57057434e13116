import { z } from 'zod';
import { campaignIdSchema } from './ids.ts';
import { problemSchema } from './problem.ts';
import { procedure } from './procedure.ts';
import { pushServiceSchema } from './push-service.ts';

/**
 * `working`: it gets batches; `draining`: it takes nothing new; `clock-wrong`: its clock is over five minutes off, so it gets nothing;
 * `silent`: it has given no sign of life for some seconds; `lost`: for so long that the fate of what it had in flight is unknown;
 * `refused`: it is of another version.
 */
export const workerStateSchema = z.enum(['working', 'draining', 'clock-wrong', 'silent', 'lost', 'refused']);
export type WorkerState = z.infer<typeof workerStateSchema>;

/** A program on another machine that encrypts and sends batches of messages. */
export const workerSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  machine: z.string(),
  version: z.string(),
  state: workerStateSchema,
  /** Messages per second, over the last two seconds. */
  perSecond: z.number(),
  /** Messages that it has in flight, and the most that it may have. */
  inFlight: z.number().int(),
  capacity: z.number().int(),
  /**
   * How long its last messages waited there before they went out, in milliseconds: a long wait means that it has more than it can encrypt.
   */
  lagMs: z.number(),
  /** Seconds since its last sign of life. */
  silentFor: z.number(),
  /** Push services that it cannot reach, and what happened. */
  unreachable: z.array(z.object({ pushService: pushServiceSchema, detail: z.string() })),
});
export type Worker = z.infer<typeof workerSchema>;

export const workersSchema = z.object({
  /** Whether this engine has a database for workers. */
  isOn: z.boolean(),
  /** Whether its own machine sends too. */
  sendsHere: z.boolean(),
  /** Why nothing can be handed over; `null`: something can, or there is nothing to hand over. */
  problem: problemSchema.nullable(),
  workers: z.array(workerSchema),
});
export type Workers = z.infer<typeof workersSchema>;

/** The database through which engine and workers exchange work. Its address holds a password: only its location ever leaves the engine. */
export const workersDatabaseSchema = z.object({
  /** Where its address was set; `null`: nowhere. */
  source: z.enum(['environment', 'settings']).nullable(),
  /** Host, port and database; `null`: none, or it cannot be opened. */
  at: z.string().nullable(),
  /** Whether one is used in this run. */
  isUsed: z.boolean(),
  /** The next start uses another than this run, or none. */
  needsRestart: z.boolean(),
  problem: problemSchema.nullable(),
});
export type WorkersDatabase = z.infer<typeof workersDatabaseSchema>;

export const workerTopics = ['workers'] as const;

const byId = z.strictObject({ id: z.uuid() });

export const workerProcedures = {
  list: procedure
    .route({ method: 'GET', path: '/workers', summary: 'Workers on other machines' })
    .output(workersSchema),
  database: procedure
    .route({ method: 'GET', path: '/workers/database', summary: 'Database of the workers' })
    .output(workersDatabaseSchema),
  /** From the next start on; `null`: none. */
  chooseDatabase: procedure
    .route({ method: 'PATCH', path: '/workers/database', summary: 'Choose the database of the workers' })
    .input(z.strictObject({ address: z.string().trim().min(1).max(2000).nullable() }))
    .output(workersDatabaseSchema),
  /** It takes nothing new but stays; `work` undoes this. */
  drain: procedure
    .route({ method: 'POST', path: '/workers/{id}/drain', summary: 'Let a worker take nothing new' })
    .input(byId)
    .output(workersSchema),
  work: procedure
    .route({ method: 'POST', path: '/workers/{id}/work', summary: 'Let a drained worker take batches again' })
    .input(byId)
    .output(workersSchema),
  /** It finishes what it has and ends; one that is lost is forgotten. */
  remove: procedure
    .route({ method: 'DELETE', path: '/workers/{id}', summary: 'End a worker' })
    .input(byId)
    .output(workersSchema),
  /** Which share of a campaign went through which worker, repeats included; `null`: the engine's own machine. Empty without workers. */
  shares: procedure
    .route({ method: 'GET', path: '/campaigns/{id}/workers', summary: 'Messages of a campaign by worker' })
    .input(z.strictObject({ id: campaignIdSchema }))
    .output(z.array(z.object({ worker: z.string().nullable(), count: z.number().int() }))),
};
