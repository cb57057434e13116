import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { engineOptions } from '../../../testing/engine-options.ts';
import { tempEngine } from '../../../testing/temp-engine.ts';
import { makeApp, PORT } from '../../testing/http-app.ts';
import type { Served } from '../../request-log.ts';
import type { TokenGate } from '../../token-gate.ts';
import { problemDetailsSchema, type ProblemDetails } from '../problem-details.ts';

export const TOKEN = 'right-token-right-token-right-token-0';
/** The headers that a program on this machine sends. */
export const HEADERS = { host: `localhost:${PORT}`, authorization: `Bearer ${TOKEN}` };

/** A gate without access tokens. */
const noTokens: TokenGate = { admit: () => null, isValid: () => false, hold: () => () => undefined };

/** All options except the router. */
export const API = {
  machineToken: { isRight: (text: string) => text === TOKEN },
  gate: noTokens,
  version: '1.2.3',
};

export interface ApiRig extends Awaited<ReturnType<typeof tempEngine>> {
  app: FastifyInstance;
  served: Served[];
  /** Adds the token. */
  call: (request: InjectOptions) => Promise<LightMyRequestResponse>;
}

/** The local API over a whole engine in its own folder, called without a port. */
export async function apiRig(options = engineOptions({ allowPrivateEndpoints: true })): Promise<ApiRig> {
  const temp = await tempEngine({ options });
  const { app, served } = await makeApp({ localApi: { ...API, router: () => temp.engine.router } });
  return {
    ...temp,
    app,
    served,
    call: (request) => app.inject({ ...request, headers: { ...HEADERS, ...request.headers } }),
  };
}

export const problemIn = (answer: LightMyRequestResponse): ProblemDetails =>
  problemDetailsSchema.parse(answer.json());
