import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { engineOptions } from '../../../testing/engine-options.ts';
import { tempEngine } from '../../../testing/temp-engine.ts';
import { makeApp, PORT } from '../../testing/http-app.ts';
import type { Served } from '../../request-log.ts';
import type { TokenGate } from '../../token-gate.ts';
import { problemDetailsSchema, type ProblemDetails } from '../problem-details.ts';

export const TOKEN = 'right-token-right-token-right-token-0';
/** As a program on this machine sends them. */
export const HEADERS = { host: `localhost:${PORT}`, authorization: `Bearer ${TOKEN}` };

/** Where there are no access tokens. */
const noTokens: TokenGate = { admit: () => null, isValid: () => false, hold: () => () => undefined };

/** All of the options but the router. */
export const API = {
  machineToken: { isRight: (text: string) => text === TOKEN },
  gate: noTokens,
  version: '1.2.3',
};

export interface ApiRig extends Awaited<ReturnType<typeof tempEngine>> {
  app: FastifyInstance;
  served: Served[];
  /** With the token. */
  call: (request: InjectOptions) => Promise<LightMyRequestResponse>;
}

/** The local API over a whole engine on a folder of its own, asked without a port. */
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
