import { z } from 'zod';
import { messageSchema } from './message.ts';
import { problemSchema } from './problem.ts';
import { procedure } from './procedure.ts';

/** In characters: larger than any service worker that people ship, and small enough for a frame. */
export const MAX_WORKER_SCRIPT = 3_000_000;
/** How many more files a worker may be given. */
export const MAX_WORKER_FILES = 20;
/** Of a worker and its files together, in characters. */
const MAX_WORKER_TEXT = 8_000_000;

const webAddress = z.url({ protocol: /^https?$/ }).max(2000);

/** A file that the worker loads: what `importScripts` or `fetch` asks for at that address. */
export const workerFileSchema = z.strictObject({
  url: webAddress,
  text: z.string().max(MAX_WORKER_SCRIPT),
});
export type WorkerFile = z.infer<typeof workerFileSchema>;

export const checkWorkerInputSchema = z
  .strictObject({
    /** As typed so far: it may be incomplete. */
    message: messageSchema.extend({ title: z.string().max(500) }),
    script: z.string().min(1, 'Paste the service worker.').max(MAX_WORKER_SCRIPT),
    /** Where browsers load it from: relative addresses start there. Without one it is at the root of an example site. */
    scriptUrl: webAddress.nullable().default(null),
    files: z.array(workerFileSchema).max(MAX_WORKER_FILES).default([]),
  })
  .refine(
    ({ script, files }) =>
      files.reduce((sum, { text }) => sum + text.length, script.length) <= MAX_WORKER_TEXT,
    {
      message: 'Leave out some files: together they are over 8 million characters.',
      path: ['files'],
    },
  );

export const workerPhaseSchema = z.enum(['start', 'install', 'activate', 'push', 'click']);
export type WorkerPhase = z.infer<typeof workerPhaseSchema>;

const shortText = z.string().max(2000);

/** A call of `showNotification`. */
export const shownNotificationSchema = z.object({
  title: shortText,
  /** Every option that was passed, with its value as JSON. */
  options: z.array(z.object({ name: z.string().max(200), value: z.string().max(8000) })).max(60),
  /** Whether the push event was still alive then: shown after its end, it may never appear. */
  isAlive: z.boolean(),
});
export type ShownNotification = z.infer<typeof shownNotificationSchema>;

/** Where a click leads. */
const leadSchema = z.object({ how: z.enum(['open', 'navigate', 'focus']), url: shortText });
export type WorkerLead = z.infer<typeof leadSchema>;

export const workerClickSchema = z.object({
  /** Which notification, from 0. */
  notification: z.number().int(),
  /** Name of the button; empty for a click on the notification itself. */
  action: shortText,
  label: shortText,
  /** Tried with no window of the site open, and with its front page open. */
  closed: z.array(leadSchema).max(20),
  open: z.array(leadSchema).max(20),
  /** Whether the worker closed the notification. */
  closes: z.boolean(),
});
export type WorkerClick = z.infer<typeof workerClickSchema>;

/** What a worker did when it was run; all of it is what the worker itself claims, so nothing here is to be trusted. */
export const workerRunSchema = z.object({
  /** Names of the events that it listens for; `late`: added after it had started, which browsers ignore. */
  listeners: z.array(z.object({ event: z.string().max(200), late: z.boolean() })).max(60),
  notifications: z.array(shownNotificationSchema).max(20),
  clicks: z.array(workerClickSchema).max(60),
  /** Requests that it would have made; none was. `given`: answered by a file of the person's. */
  requests: z
    .array(
      z.object({
        phase: workerPhaseSchema,
        via: z.enum(['fetch', 'importScripts', 'import', 'WebSocket']),
        method: z.string().max(40),
        url: shortText,
        given: z.boolean(),
      }),
    )
    .max(200),
  console: z
    .array(z.object({ phase: workerPhaseSchema, level: z.string().max(40), text: shortText }))
    .max(200),
  errors: z
    .array(
      z.object({
        phase: workerPhaseSchema,
        message: shortText,
        /** Where it was thrown; `null` where that is not known. `file` is empty for the worker itself. */
        at: z.object({ file: shortText, line: z.number().int() }).nullable(),
      }),
    )
    .max(60),
  /** How it read the data of the push: `json`, `text` … in the order of the reads. */
  reads: z.array(z.string().max(40)).max(60),
  /** Fields of the data that it asked for and that are not in this message. */
  absent: z.array(z.string().max(200)).max(60),
  /** What the worker used but the check does not have. */
  lacking: z.array(z.string().max(200)).max(20),
  /** Number for the app badge, in the order in which it was set. */
  badges: z.array(z.string().max(40)).max(20),
  /** Whether the push event was told to wait, and whether what it waited for finished. */
  wait: z.enum(['none', 'settled', 'pending']),
  /** A `waitUntil` that came after the event had ended. */
  isLateWait: z.boolean(),
  /** Where the worker was not allowed to open a window, because nobody had clicked. */
  refusedLeads: z.array(shortText).max(20),
  /** Why the run was ended early. */
  stopped: z.enum(['time', 'memory', 'output', 'crash']).nullable(),
});
export type WorkerRun = z.infer<typeof workerRunSchema>;

/** A finding about how a worker handles this message; `tone`: nothing appears or it is lost, it may go wrong, or good to know. */
export const workerFindingSchema = problemSchema.extend({ tone: z.enum(['bad', 'warn', 'note']) });
export type WorkerFinding = z.infer<typeof workerFindingSchema>;

export const workerCheckSchema = workerRunSchema.extend({
  /** The payload that the worker was given. */
  payload: z.string(),
  /** Worst first; empty where all is well. */
  findings: z.array(workerFindingSchema),
});
export type WorkerCheck = z.infer<typeof workerCheckSchema>;

export const loadWorkerInputSchema = z.strictObject({ url: webAddress });
export const loadedWorkerSchema = z.object({
  text: z.string(),
  /** Where it was finally found, after redirects. */
  url: z.string(),
});

export const workerCheckProcedures = {
  /** Runs a site's own service worker against a message, in a process that reaches nothing. */
  checkWorker: procedure
    .route({
      method: 'POST',
      path: '/campaigns/check-worker',
      summary: 'See what your site’s service worker does with a message',
    })
    .input(checkWorkerInputSchema)
    .output(workerCheckSchema),
  /** Fetches a service worker or one of its files from its address: one request. [Note: not over HTTP] */
  loadWorker: procedure.input(loadWorkerInputSchema).output(loadedWorkerSchema),
};
