import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterEach } from 'vitest';
import type { z } from 'zod';
import { createEngine, type Engine } from '../../engine.ts';
import { capturedLog, type CapturedLog } from '../../testing/captured-log.ts';
import { engineOptions, WORKER_FILES } from '../../testing/engine-options.ts';
import { makeApp } from '../http-app.fixture.ts';
import { PORT } from '../http-app.fixture.ts';
import { problemDetailsSchema, type ProblemDetails } from './problem-details.ts';

export const TOKEN = 'right-token-right-token-right-token-0';
/** As a program on this machine sends them. */
export const HEADERS = { host: `localhost:${PORT}`, authorization: `Bearer ${TOKEN}` };

export interface ApiRig {
  app: FastifyInstance;
  engine: Engine;
  served: { path: string; note: string | null }[];
  captured: CapturedLog;
  /** With the token. */
  call: (request: InjectOptions) => Promise<LightMyRequestResponse>;
}

const started: Engine[] = [];

afterEach(async () => {
  for (const engine of started.splice(0)) await engine.stop();
});

/** The local API over a real engine on a fresh folder, asked without a port. */
export async function apiRig(): Promise<ApiRig> {
  const captured = capturedLog();
  const engine = await createEngine(engineOptions({ allowPrivateEndpoints: true }), {
    host: null,
    log: captured.log,
    workerFiles: WORKER_FILES,
  });
  started.push(engine);
  const { app, served } = await makeApp({
    localApi: { router: () => engine.router, token: { isRight: (text) => text === TOKEN }, version: '1.2.3' },
  });
  return {
    app,
    engine,
    served,
    captured,
    call: (request) => app.inject({ ...request, headers: { ...HEADERS, ...request.headers } }),
  };
}

export const problemIn = (answer: LightMyRequestResponse): ProblemDetails =>
  problemDetailsSchema.parse(answer.json());

export const dataIn = <Schema extends z.ZodType>(
  answer: LightMyRequestResponse,
  schema: Schema,
): z.output<Schema> => schema.parse(answer.json());
