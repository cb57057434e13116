import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import variant from '@jitl/quickjs-singlefile-mjs-release-sync';
import { newQuickJSWASMModuleFromVariant } from 'quickjs-emscripten-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildSubscribePage } from '../build/bundle/subscribe-page.mjs';
import { messageSchema, payloadFormatSchema } from '../electron/contract/message.ts';
import { buildPayload, encodePayload, EXAMPLE_PAYLOAD_ID } from '../electron/core/message/payload.ts';
import { judgeWorker } from '../electron/core/worker-check/judge-worker.ts';
import { runJob } from '../electron/engine/areas/worker-check/sandbox/run-job.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'pushdesk-own-worker-'));
const SCRIPT_URL = 'https://shop.example/sw.js';

beforeAll(() => buildSubscribePage(folder), 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Everything that a message can carry. */
const MESSAGE = messageSchema.parse({
  title: 'Half price',
  body: 'Today only',
  url: 'https://shop.example/sale',
  iconUrl: 'https://shop.example/icon.png',
  badgeUrl: 'https://shop.example/badge.png',
  imageUrl: 'https://shop.example/image.png',
  tag: 'sale',
  renotify: true,
  requireInteraction: true,
  dir: 'ltr',
  lang: 'en',
  appBadge: 3,
  actions: [
    { title: 'Shoes', url: 'https://shop.example/shoes' },
    { title: 'Later', url: '' },
  ],
});

// `own` is whatever the person writes.
it.each(payloadFormatSchema.options.filter((format) => format !== 'own'))(
  "our own worker shows all of a message in the format '%s', and its clicks lead where they should",
  async (format) => {
    const message = { ...MESSAGE, format };
    const payload = encodePayload(buildPayload(message, EXAMPLE_PAYLOAD_ID)).text;
    const run = runJob(await newQuickJSWASMModuleFromVariant(variant), {
      script: readFileSync(path.join(folder, 'sw.js'), 'utf8'),
      scriptUrl: SCRIPT_URL,
      files: [],
      payload,
      limitMs: 20_000,
    });
    expect(run.notifications.map(({ title }) => title)).toEqual(['Half price']);
    expect(run.clicks.map(({ closed }) => closed.map(({ url }) => url))).toEqual([
      ['https://shop.example/sale'],
      ['https://shop.example/shoes'],
      ['https://shop.example/sale'],
    ]);
    const findings = judgeWorker(run, { message, payload, scriptUrl: SCRIPT_URL });
    expect(findings.filter(({ tone }) => tone !== 'note')).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(
      format === 'declarative' ? ['shown-without-worker'] : [],
    );
  },
);
