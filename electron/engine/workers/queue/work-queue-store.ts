import { PgBoss, type ConstructorOptions } from 'pg-boss';
import { pushServiceSchema, type PushServiceId } from '../../../contract/push-service.ts';
import { packBatch, unpackBatch } from '../packed-batch.ts';
import {
  QueueWasReplaced,
  workerFactsSchema,
  workerOrderSchema,
  type BatchPart,
  type CoordinatorQueue,
  type OpenQueue,
  type ResultChunk,
  type WorkerQueue,
  type WorkerRow,
} from '../work-queue.ts';
import { createDatabasePool } from './database-pool.ts';

/**
 * The queue on PostgreSQL: pg-boss carries batches and results. Two small tables beside its own record who has begun a batch and which
 * workers there are. pg-boss never retries anything: that would silently send a batch twice.
 */
const HALF_A_DAY = 12 * 3600;
const NO_RETRIES = { retryLimit: 0, expireInSeconds: HALF_A_DAY, deleteAfterSeconds: 60 };
/** Tokens are valid for twelve hours: after that, no push service accepts anything from a batch. */
const BATCHES = { ...NO_RETRIES, retentionSeconds: HALF_A_DAY };
/** Results are kept until someone asks for them. */
const RESULTS = { ...NO_RETRIES, expireInSeconds: 86_399, retentionSeconds: 14 * 86_400 };
const FETCHED_AT_ONCE = 64;

const batchQueue = (pushService: PushServiceId) => `batches-${pushService}`;
const resultQueue = (coordinator: string) => `results-${coordinator}`;

interface Opened {
  boss: PgBoss;
  query: <Row>(sql: string, values?: unknown[]) => Promise<Row[]>;
  close: () => Promise<void>;
}

async function open(
  { address, onError }: OpenQueue,
  optionsFor: (query: Opened['query']) => Promise<ConstructorOptions>,
): Promise<Opened> {
  const { schema } = address;
  const pool = createDatabasePool(address, onError);
  const query = async <Row>(sql: string, values?: unknown[]) =>
    (await pool.executeSql(sql.replaceAll('SCHEMA.', `${schema}.`), values)).rows as Row[];
  let boss: PgBoss | null = null;
  const close = async () => {
    await boss?.stop({ graceful: false });
    await pool.close();
  };
  try {
    boss = new PgBoss({ db: pool, schema, ...(await optionsFor(query)) });
    boss.on('error', (error) => {
      onError(error);
    });
    await boss.start();
    return { boss, query, close };
  } catch (error) {
    await close().catch((reason: unknown) => {
      onError(reason);
    });
    throw error;
  }
}

/** Opens it for an engine, and creates what is missing. */
export async function openForCoordinator({
  coordinator,
  ...options
}: OpenQueue & { coordinator: string }): Promise<CoordinatorQueue> {
  const opened = await open(options, async (query) => ({
    supervise: true,
    schedule: false,
    createSchema: await lacksSchema(query, options.address.schema),
  }));
  const { boss, query } = opened;
  try {
    for (const pushService of pushServiceSchema.options)
      await boss.createQueue(batchQueue(pushService), BATCHES);
    await boss.createQueue(resultQueue(coordinator), RESULTS);
    for (const statement of TABLES) await query(statement);
    await leaveUncompressed(query);
    const [row] = await query<{ id: string }>('SELECT id FROM SCHEMA.queue_identity');
    if (row === undefined) throw new Error('The queue has no identity.');
    return coordinatorQueue(opened, coordinator, row.id);
  } catch (error) {
    await opened.close();
    throw error;
  }
}

/** A role with minimal rights may not create a schema, not even one that exists. */
async function lacksSchema(query: Opened['query'], schema: string): Promise<boolean> {
  return (await query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [schema])).length === 0;
}

const TABLES = [
  `CREATE TABLE IF NOT EXISTS SCHEMA.queue_identity (one boolean PRIMARY KEY DEFAULT true CHECK (one), id uuid NOT NULL)`,
  `INSERT INTO SCHEMA.queue_identity (id) VALUES (gen_random_uuid()) ON CONFLICT DO NOTHING`,
  // The first to write the row gets this part of the batch: a worker that will send it, or nobody (null) because it was withdrawn.
  `CREATE TABLE IF NOT EXISTS SCHEMA.begun_parts (batch uuid, part integer, worker uuid, at timestamptz NOT NULL DEFAULT now(),
     PRIMARY KEY (batch, part))`,
  `CREATE TABLE IF NOT EXISTS SCHEMA.send_workers (id uuid PRIMARY KEY, facts jsonb NOT NULL, wanted text NOT NULL DEFAULT 'ask',
     reason text NOT NULL DEFAULT '', seen timestamptz NOT NULL DEFAULT now())`,
];

/** Endpoints and keys are random, so compressing them saves nothing, and would take more than half of the database's time. */
async function leaveUncompressed(query: Opened['query']): Promise<void> {
  const left = await query(
    `SELECT 1 FROM pg_attribute WHERE attrelid IN ('SCHEMA.job'::regclass, 'SCHEMA.job_common'::regclass)
       AND attname = 'data' AND attstorage <> 'e'`,
  );
  if (left.length > 0) await query('ALTER TABLE SCHEMA.job ALTER COLUMN data SET STORAGE EXTERNAL');
}

function coordinatorQueue({ boss, query, close }: Opened, coordinator: string, id: string): CoordinatorQueue {
  const results = resultQueue(coordinator);
  return {
    id,
    async publish(batches) {
      for (const service of pushServiceSchema.options) {
        const some = batches.filter(({ batch }) => batch.pushService === service);
        if (some.length === 0) continue;
        await boss.insert(
          batchQueue(service),
          some.map(({ id: batchId, batch }) => ({
            id: batchId,
            data: { coordinator, batch: packBatch(batch) },
          })),
        );
      }
    },
    async withdraw(batches) {
      const ids = batches.map((one) => one.id);
      const rows = await query<{ same: boolean; batch: string | null; part: number | null }>(
        `WITH same AS (SELECT 1 FROM SCHEMA.queue_identity WHERE id = $3), mine AS (
           INSERT INTO SCHEMA.begun_parts (batch, part)
           SELECT b.batch, p FROM unnest($1::uuid[], $2::integer[]) b (batch, parts), generate_series(0, b.parts - 1) p
           WHERE EXISTS (SELECT 1 FROM same)
           ON CONFLICT DO NOTHING RETURNING batch, part)
         SELECT EXISTS (SELECT 1 FROM same) AS same, NULL AS batch, NULL AS part UNION ALL SELECT true, batch, part FROM mine
         UNION ALL SELECT true, batch, part FROM SCHEMA.begun_parts WHERE batch = ANY($1::uuid[]) AND worker IS NULL`,
        [ids, batches.map(({ parts }) => parts), id],
      );
      if (rows[0]?.same !== true) throw new QueueWasReplaced('The queue was made anew.');
      const won = rows.flatMap(({ batch, part }): BatchPart[] =>
        batch === null || part === null ? [] : [{ batch, part }],
      );
      const touched = new Set(won.map(({ batch }) => batch));
      for (const service of pushServiceSchema.options) {
        const mine = batches.filter((one) => one.pushService === service && touched.has(one.id));
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
        `SELECT DISTINCT b.batch FROM SCHEMA.begun_parts b LEFT JOIN SCHEMA.send_workers w ON w.id = b.worker
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
        await query('DELETE FROM SCHEMA.begun_parts WHERE batch = ANY($1::uuid[])', [[...batches]]);
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
      await query(`DELETE FROM SCHEMA.begun_parts WHERE at < now() - interval '2 days'`);
    },
    async forget(worker) {
      await query('DELETE FROM SCHEMA.send_workers WHERE id = $1', [worker]);
    },
    close,
  };
}

/** Opens it for a worker, which creates nothing: a coordinator has to have been there first. */
export async function openForWorker(options: OpenQueue): Promise<WorkerQueue> {
  const { boss, query, close } = await open(options, () =>
    Promise.resolve({ supervise: false, schedule: false, migrate: false }),
  );
  /** Jobs that were fetched and are still in the queue. */
  const taken = new Set<string>();
  return {
    async take(pushService, most) {
      const name = batchQueue(pushService);
      const jobs = await boss.fetch<{ coordinator: string; batch: string }>(name, { batchSize: most });
      return jobs.flatMap(({ id, data }) => {
        taken.add(id);
        const batch = unpackBatch(data.batch);
        if (batch !== null) return [{ id, coordinator: data.coordinator, batch }];
        // Nobody will begin it, so it comes back to the engine by itself.
        options.onError(new Error(`The batch ${id} cannot be read.`));
        return [];
      });
    },
    async begin(pushService, parts, worker) {
      const rows = await query<BatchPart>(
        `WITH asked AS (SELECT * FROM unnest($1::uuid[], $2::integer[]) a (batch, part)), mine AS (
           INSERT INTO SCHEMA.begun_parts (batch, part, worker) SELECT batch, part, $3::uuid FROM asked
           ON CONFLICT DO NOTHING RETURNING batch, part)
         SELECT batch, part FROM mine
         UNION SELECT batch, part FROM asked JOIN SCHEMA.begun_parts b USING (batch, part) WHERE b.worker = $3::uuid`,
        [parts.map(({ batch }) => batch), parts.map(({ part }) => part), worker],
      );
      // They contain secrets, and this worker has them now, so they are deleted; nobody waits for this.
      const jobs = [...new Set(parts.map(({ batch }) => batch))].filter((id) => taken.delete(id));
      if (jobs.length > 0)
        boss.deleteJob(batchQueue(pushService), jobs).catch((error: unknown) => {
          options.onError(error);
        });
      return rows;
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
    close,
  };
}
