import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { contract } from '../../../contract/procedures.ts';
import { apiRig, HEADERS, problemIn } from './testing/local-api.ts';
import { createOpenApiDocument } from './openapi-document.ts';
import type { Operation } from './openapi-operation.ts';
import { listServedProcedures, type Method } from './served-procedures.ts';

const document = await createOpenApiDocument(listServedProcedures(), '1.2.3');

const OPERATIONS = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => ({
    path,
    method: method.toUpperCase() as Method,
    operation,
  })),
);

const named = (operation: Operation, place: string) =>
  operation.parameters.filter((parameter) => parameter.in === place);

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate({ ...structuredClone(document) });
    expect(result).toEqual({ valid: true });
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  it('is served without a token, and is the one that was made', async () => {
    const { app } = await apiRig();
    const answer = await app.inject({ url: '/api/v1/openapi.json', headers: { host: HEADERS.host } });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.json()).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it.each(OPERATIONS.map(({ method, path }) => [method, path] as const))(
    '%s %s is there',
    async (method, path) => {
      const { call, engine } = await apiRig();
      const url = `/api/v1${path.replace(/\{\w+\}/g, '9')}`;
      if (path === '/changes') {
        await engine.stop();
        expect((await call({ url })).statusCode).toBe(200);
        return;
      }
      const payload = method === 'GET' || method === 'DELETE' ? undefined : {};
      const answer = await call({ method, url, ...(payload && { payload }) });
      if (answer.statusCode >= 400)
        expect(problemIn(answer).code).not.toMatch(/^(no-such-path|wrong-method)$/);
      expect([200, 400, 404, 422]).toContain(answer.statusCode);
      const without = await call({ method, url, headers: { authorization: '' } });
      expect(without.statusCode).toBe(401);
    },
  );

  it('says of each operation what it does, what it takes and how it refuses', () => {
    for (const { path, method, operation } of OPERATIONS) {
      const name = `${method} ${path}`;
      expect(operation['summary'], name).toMatch(/^[A-Z].*[^.]$/);
      expect(operation['operationId'], name).toMatch(/^[a-z]+(?:\.[a-zA-Z]+)+$/);
      expect(operation['tags'], name).toEqual([expect.stringMatching(/^[A-Z]/)]);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      expect(
        named(operation, 'path').map((parameter) => parameter.name),
        name,
      ).toEqual(inPath);
      expect(Object.keys(operation.responses), name).toEqual(expect.arrayContaining(['401', '422']));
      expect(JSON.stringify(operation.responses['422']), name).toContain('application/problem+json');
    }
  });

  it('lists the parameters of a query by their own names, as text can say them', () => {
    const operation = document.paths['/subscriptions']?.['get'];
    expect(operation && named(operation, 'query').map(({ name }) => name)).toEqual([
      'search',
      'states',
      'pushServices',
      'keyPairId',
      'inBin',
      'tagsAnyOf',
      'tagsAllOf',
      'tagsNoneOf',
      'attributes',
      'addedFrom',
      'addedBefore',
      'lastResults',
      'neverReached',
      'shownWithinDays',
      'clickedWithinDays',
      'neverShown',
      'canReport',
      'shownInCampaign',
      'notShownInCampaign',
      'clickedInCampaign',
      'notClickedInCampaign',
      'externalIds',
      'order',
      'cursor',
      'limit',
    ]);
    const schemaOf = (name: string) => operation?.parameters.find((some) => some.name === name)?.schema;
    expect(schemaOf('states')).toMatchObject({ type: 'array', default: [] });
    expect(schemaOf('keyPairId')).toMatchObject({ type: 'integer' });
    expect(schemaOf('cursor')).toMatchObject({ type: 'string' });
  });

  it('every parameter that it lists is taken', async () => {
    const { call } = await apiRig();
    for (const { path, operation } of OPERATIONS.filter(({ method }) => method === 'GET')) {
      for (const { name } of named(operation, 'query')) {
        const url = `/api/v1${path.replace(/\{\w+\}/g, '9')}?${name}=x`;
        const answer = await call({ url });
        if (answer.statusCode !== 200) expect(problemIn(answer).code, url).not.toBe('unknown-parameter');
      }
    }
  });

  it('asks a send for an Idempotency-Key, not for the id of the request', () => {
    const send = document.paths['/campaigns']?.['post'];
    expect(send?.parameters).toMatchObject([{ name: 'Idempotency-Key', in: 'header', required: true }]);
    const schema = send?.requestBody?.content['application/json'].schema;
    expect(Object.keys(schema?.properties ?? {})).toEqual([
      'message',
      'audience',
      'messagesPerMinute',
      'canary',
      'test',
      'schedule',
      'quietHours',
    ]);
    expect(schema?.required).toEqual(['message', 'audience']);
  });
});

/** Every procedure of the contract by its dotted name. */
function namesOf(part: object, prefix = ''): string[] {
  return Object.entries(part).flatMap(([name, inner]: [string, object]) =>
    '~orpc' in inner ? [`${prefix}${name}`] : namesOf(inner, `${prefix}${name}.`),
  );
}

describe('what is not served over HTTP', () => {
  const served = new Set(listServedProcedures().map(({ name }) => name));

  it('is what touches secrets, needs a desktop or makes no sense there', () => {
    const left = namesOf(contract).filter((name) => !served.has(name) && !name.startsWith('rehearsal.'));
    expect(left).toEqual([
      'app.longWork',
      'keys.read',
      'keys.import',
      'keys.unlock',
      'keys.export',
      'subscriptions.importStream.open',
      'subscriptions.importStream.write',
      'subscriptions.importStream.finish',
      'subscriptions.importStream.cancel',
      'subscriptions.exportFile.start',
      'subscriptions.exportFile.progress',
      'subscriptions.exportFile.stop',
      'campaigns.audienceOf',
      'campaigns.ownFormats',
      'campaigns.changeOwnFormat',
      'campaigns.loadPicture',
      'campaigns.loadWorker',
      'server.start',
      'server.stop',
      'server.openSubscribePage',
      'server.watchPhone',
      'server.phone',
      'server.leavePhone',
      'server.kit',
      'server.saveKit',
      'server.showApiToken',
      'server.copyApiToken',
      'server.renewApiToken',
      'tokens.create',
    ]);
  });

  it('is not to be had by guessing either', async () => {
    const { call, client } = await apiRig();
    const pair = await client.keys.generate({ name: 'Shop', subject: 'mailto:owner@example.com' });
    const guesses = [
      'keys/export',
      'keys/import',
      'keys/read',
      `key-pairs/${pair.id}/export`,
      'server/showApiToken',
      'server/copyApiToken',
      'server/api-token',
      'server/renewApiToken',
      'server/stop',
      'server.openSubscribePage',
      'server.watchPhone',
      'server.phone',
      'server.kit',
      'server.saveKit',
      'campaigns/draft',
      'rehearsal/start',
    ];
    for (const guess of guesses) {
      for (const method of ['GET', 'POST'] as const) {
        const answer = await call({
          method,
          url: `/api/v1/${guess}`,
          ...(method === 'POST' && { payload: pair }),
        });
        expect([404, 405, 422], `${method} ${guess}`).toContain(answer.statusCode);
      }
    }
  });

  it('no answer ever holds a private half', async () => {
    const { call, client, options } = await apiRig();
    await client.keys.generate({ name: 'Shop', subject: 'mailto:owner@example.com' });
    const privateKey = await privateHalfIn(options.dataDir);
    for (const { path, method } of OPERATIONS) {
      if (method !== 'GET' || path === '/changes') continue;
      const { body } = await call({ url: `/api/v1${path.replace(/\{\w+\}/g, '1')}` });
      expect(body, path).not.toContain(privateKey);
    }
    expect(JSON.stringify(document)).not.toMatch(/privateKey/i);
  });
});

async function privateHalfIn(folder: string): Promise<string> {
  const text = await readFile(path.join(folder, 'private-keys.json'), 'utf8');
  const found = /"plain": "([\w-]{43})"/.exec(text)?.[1];
  if (found === undefined) throw new Error('The vault holds no plain key');
  return found;
}
