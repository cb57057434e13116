import { PgBoss, type ConstructorOptions } from 'pg-boss';
import { pushServiceSchema, type PushServiceId } from '../../../contract/push-service.ts';
import {
  QueueWasReplaced,
  workerFactsSchema,
  workerOrderSchema,
  type CoordinatorQueue,
  type DatabaseAddress,
  type OpenQueue,
  type TakenBatch,
  type ResultChunk,
  type WorkerQueue,
  type WorkerRow,
} from '../work-queue.ts';

/**
 * The queue on PostgreSQL: pg-boss carries batches and results. Two small tables beside its own say who has begun a batch and which workers
 * there are. Nothing is ever retried by pg-boss: that would send a batch twice in silence.
 */
const HALF_A_DAY = 12 * 3600;
const NO_RETRIES = { retryLimit: 0, expireInSeconds: HALF_A_DAY, deleteAfterSeconds: 60 };
/** Tokens are good for twelve hours: after that nothing of a batch is accepted anywhere. */
const BATCHES = { ...NO_RETRIES, retentionSeconds: HALF_A_DAY };
/** What became of messages is kept until somebody asks. */
const RESULTS = { ...NO_RETRIES, expireInSeconds: 86_399, retentionSeconds: 14 * 86_400 };
const FETCHED_AT_ONCE = 64;
/** A database that does not answer in this time counts as lost. */
const ANSWER_WITHIN_MS = 15_000;

const batchQueue = (pushService: PushServiceId) => `batches-${pushService}`;
const resultQueue = (coordinator: string) => `results-${coordinator}`;

async function open({ address, onError }: OpenQueue, options: ConstructorOptions): Promise<Opened> {
  const boss = new PgBoss({ ...connectionTo(address), ...options });
  boss.on('error', (error) => {
    onError(error);
  });
  try {
    await boss.start();
  } catch (error) {
    await boss.stop({ graceful: false }).catch((reason: unknown) => {
      onError(reason);
    });
    throw error;
  }
  const db = boss.getDb();
  const { schema } = address;
  return {
    boss,
    schema,
    async query<Row>(sql: string, values: unknown[] = []) {
      const { rows } = await db.executeSql(sql.replaceAll('SCHEMA.', `${schema}.`), values);
      return rows as Row[];
    },
  };
}

interface Opened {
  boss: PgBoss;
  schema: string;
  query: <Row>(sql: string, values?: unknown[]) => Promise<Row[]>;
}

/** @returns what pg takes; more of it than pg-boss's types name goes through */
function connectionTo({ tls, ...address }: DatabaseAddress): ConstructorOptions {
  const kept = {
    ...address,
    application_name: 'pushdesk',
    max: 4,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    keepAlive: true,
    ssl: tls === null ? false : tls.authority === null ? true : { ca: tls.authority },
  };
  return kept;
}

/** Opens it for an engine, and makes what is missing there. */
export async function openForCoordinator({
  coordinator,
  ...options
}: OpenQueue & { coordinator: string }): Promise<CoordinatorQueue> {
  const opened = await open(options, { supervise: true, schedule: false, ...(await howToMake(options)) });
  const { boss, query } = opened;
  try {
    for (const pushService of pushServiceSchema.options)
      await boss.createQueue(batchQueue(pushService), BATCHES);
    await boss.createQueue(resultQueue(coordinator), RESULTS);
    for (const statement of TABLES) await query(statement);
    const [row] = await query<{ id: string }>('SELECT id FROM SCHEMA.queue_identity');
    if (row === undefined) throw new Error('The queue has no identity.');
    return coordinatorQueue(opened, coordinator, row.id);
  } catch (error) {
    await boss.stop({ graceful: false });
    throw error;
  }
}

/** A role with least rights may not make a schema, not even one that is there. */
async function howToMake({ address, onError }: OpenQueue): Promise<ConstructorOptions> {
  const boss = new PgBoss({ ...connectionTo(address), migrate: false, supervise: false, schedule: false });
  boss.on('error', (error) => {
    onError(error);
  });
  const db = boss.getDb() as ReturnType<PgBoss['getDb']> & { open(): Promise<void>; close(): Promise<void> };
  await db.open();
  try {
    const { rows } = await db.executeSql('SELECT 1 FROM pg_namespace WHERE nspname = $1', [address.schema]);
    return { createSchema: rows.length === 0 };
  } finally {
    await db.close();
  }
}

const TABLES = [
  `CREATE TABLE IF NOT EXISTS SCHEMA.queue_identity (one boolean PRIMARY KEY DEFAULT true CHECK (one), id uuid NOT NULL)`,
  `INSERT INTO SCHEMA.queue_identity (id) VALUES (gen_random_uuid()) ON CONFLICT DO NOTHING`,
  // Whoever writes the row first has the batch: a worker to send it, or nobody (null) because it was withdrawn.
  `CREATE TABLE IF NOT EXISTS SCHEMA.begun_batches (batch uuid PRIMARY KEY, worker uuid, at timestamptz NOT NULL DEFAULT now())`,
  `CREATE TABLE IF NOT EXISTS SCHEMA.send_workers (id uuid PRIMARY KEY, facts jsonb NOT NULL, wanted text NOT NULL DEFAULT 'ask',
     reason text NOT NULL DEFAULT '', seen timestamptz NOT NULL DEFAULT now())`,
];

function coordinatorQueue({ boss, query }: Opened, coordinator: string, id: string): CoordinatorQueue {
  const results = resultQueue(coordinator);
  return {
    id,
    async publish(batches) {
      for (const service of pushServiceSchema.options) {
        const some = batches.filter(({ batch }) => batch.pushService === service);
        if (some.length === 0) continue;
        await boss.insert(
          batchQueue(service),
          some.map(({ id: batchId, batch }) => ({ id: batchId, data: { coordinator, batch } })),
        );
      }
    },
    async withdraw(batches) {
      const ids = batches.map((one) => one.id);
      const rows = await query<{ same: boolean; batch: string | null }>(
        `WITH same AS (SELECT 1 FROM SCHEMA.queue_identity WHERE id = $2), mine AS (
           INSERT INTO SCHEMA.begun_batches (batch, worker) SELECT b, NULL FROM unnest($1::uuid[]) b WHERE EXISTS (SELECT 1 FROM same)
           ON CONFLICT DO NOTHING RETURNING batch)
         SELECT EXISTS (SELECT 1 FROM same) AS same, NULL AS batch UNION ALL SELECT true, batch FROM mine
         UNION ALL SELECT true, batch FROM SCHEMA.begun_batches WHERE batch = ANY($1::uuid[]) AND worker IS NULL`,
        [ids, id],
      );
      if (rows[0]?.same !== true) throw new QueueWasReplaced('The queue was made anew.');
      const won = new Set(rows.flatMap(({ batch }) => (batch === null ? [] : [batch])));
      for (const service of pushServiceSchema.options) {
        const mine = batches.filter((one) => one.pushService === service && won.has(one.id));
        if (mine.length === 0) continue;
        await boss.deleteJob(
          batchQueue(service),
          mine.map((one) => one.id),
        );
      }
      return won;
    },
    async lost(ids, silentSeconds) {
      const rows = await query<{ batch: string }>(
        `SELECT b.batch FROM SCHEMA.begun_batches b LEFT JOIN SCHEMA.send_workers w ON w.id = b.worker
         WHERE b.batch = ANY($1::uuid[]) AND b.worker IS NOT NULL
           AND (w.id IS NULL OR w.seen < now() - make_interval(secs => $2))`,
        [ids, silentSeconds],
      );
      return new Set(rows.map(({ batch }) => batch));
    },
    async fetchResults() {
      const jobs = await boss.fetch<ResultChunk>(results, { batchSize: FETCHED_AT_ONCE });
      return jobs.map((job) => ({ ...job.data, id: job.id }));
    },
    async leftResults() {
      const jobs = await boss.findJobs<ResultChunk>(results, { limit: 100_000 });
      return jobs.map((job) => ({ ...job.data, id: job.id }));
    },
    async acknowledge(chunks, batches) {
      if (chunks.length > 0) await boss.deleteJob(results, [...chunks]);
      if (batches.length > 0)
        await query('DELETE FROM SCHEMA.begun_batches WHERE batch = ANY($1::uuid[])', [[...batches]]);
    },
    async workers() {
      const rows = await query<{ id: string; facts: unknown; wanted: string; silent: number }>(
        `SELECT id, facts, wanted, extract(epoch FROM now() - seen)::float8 AS silent FROM SCHEMA.send_workers ORDER BY id`,
      );
      return rows.map((row): WorkerRow => ({
        id: row.id,
        facts: workerFactsSchema.safeParse(row.facts).data ?? null,
        order: workerOrderSchema.safeParse(row.wanted).data ?? 'refuse',
        silentFor: row.silent,
      }));
    },
    async order(worker, wanted, reason) {
      await query('UPDATE SCHEMA.send_workers SET wanted = $2, reason = $3 WHERE id = $1', [
        worker,
        wanted,
        reason,
      ]);
    },
    async tidy() {
      await query(`DELETE FROM SCHEMA.begun_batches WHERE at < now() - interval '2 days'`);
    },
    async forget(worker) {
      await query('DELETE FROM SCHEMA.send_workers WHERE id = $1', [worker]);
    },
    close: () => boss.stop({ graceful: false }),
  };
}

/** Opens it for a worker, which makes nothing: a coordinator has to have been there. */
export async function openForWorker(options: OpenQueue): Promise<WorkerQueue> {
  const { boss, query } = await open(options, { supervise: false, schedule: false, migrate: false });
  return {
    async take(pushService, most) {
      const name = batchQueue(pushService);
      const jobs = await boss.fetch<TakenBatch>(name, { batchSize: most });
      return jobs.map((job) => ({ ...job.data, id: job.id }));
    },
    async begin(pushService, ids, worker) {
      const rows = await query<{ batch: string }>(
        `WITH mine AS (
           INSERT INTO SCHEMA.begun_batches (batch, worker) SELECT b, $2::uuid FROM unnest($1::uuid[]) b
           ON CONFLICT DO NOTHING RETURNING batch)
         SELECT batch FROM mine UNION SELECT batch FROM SCHEMA.begun_batches WHERE batch = ANY($1::uuid[]) AND worker = $2::uuid`,
        [[...ids], worker],
      );
      // They hold secrets, and who has begun them is known: nobody waits for this.
      boss.deleteJob(batchQueue(pushService), [...ids]).catch((error: unknown) => {
        options.onError(error);
      });
      return new Set(rows.map(({ batch }) => batch));
    },
    async sendResults(coordinator, { id, ...data }) {
      await boss.insert(resultQueue(coordinator), [{ id, data }]);
    },
    async sign(worker, facts) {
      const [row] = await query<{ wanted: string; reason: string; now: number }>(
        `INSERT INTO SCHEMA.send_workers (id, facts) VALUES ($1, $2)
         ON CONFLICT (id) DO UPDATE SET facts = excluded.facts, seen = now()
         RETURNING wanted, reason, (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now`,
        [worker, JSON.stringify(facts)],
      );
      if (row === undefined) throw new Error('The database did not answer.');
      return {
        order: workerOrderSchema.safeParse(row.wanted).data ?? 'refuse',
        reason: row.reason,
        now: row.now,
      };
    },
    async leave(worker) {
      await query('DELETE FROM SCHEMA.send_workers WHERE id = $1', [worker]);
    },
    close: () => boss.stop({ graceful: false }),
  };
}
