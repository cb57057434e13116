import { describe, it } from 'vitest';
import { createOpenSocket } from '../../electron/engine/net/open-socket.ts';
import type { Effect, RigOptions } from './fault-rig.ts';
import { eight, meet, type Expected, type Trouble } from './one-device.ts';

const stall = (accepts: boolean): Effect => ({ kind: 'stall', accepts });
const drop = (accepts: boolean, cut: 'connection' | 'stream'): Effect => ({ kind: 'drop', accepts, cut });
const dropInAnswer = (cut: 'connection' | 'stream'): Effect => ({ kind: 'drop-in-answer', cut });
const drip = (bytes: number, everyMilliseconds: number): Effect => ({
  kind: 'drip',
  bytes,
  everyMilliseconds,
});

const accepted = (...attempts: Expected['attempts']): Expected => ({
  state: 'accepted',
  diagnosis: null,
  attempts,
});
const failed = (diagnosis: string): Expected => ({
  state: 'failed',
  diagnosis,
  attempts: eight(diagnosis),
});
/** For when no answer comes at all: short enough to wait for it eight times. */
const IMPATIENT: RigOptions = { deadlineMs: 400 };
/** For when an answer has to come first, and this machine has much else to do. */
const PATIENT: RigOptions = { deadlineMs: 4000 };

const HTTP1: RigOptions = {
  openSocketTo(options) {
    const open = createOpenSocket(options);
    return () => open('h1');
  },
};

describe.each<[string, RigOptions]>([
  ['HTTP/2', {}],
  ['HTTP/1.1', HTTP1],
])('over %s, a line that', (_protocol, rig) => {
  it.each<[string, Trouble, Expected]>([
    [
      'stays silent without taking the message',
      { effect: stall(false), times: 1, rig: PATIENT },
      accepted('timed-out', 201),
    ],
    ['stays silent for good', { effect: stall(false), rig: IMPATIENT }, failed('timed-out')],
    [
      'drops before a word',
      { effect: drop(false, 'connection'), times: 3 },
      accepted('connection-reset', 'connection-reset', 'connection-reset', 201),
    ],
    [
      'is reset before a word',
      { effect: drop(false, 'stream'), times: 1 },
      accepted('connection-reset', 201),
    ],
    ['drops each time', { effect: drop(false, 'connection') }, failed('connection-reset')],
    // Whether it was taken cannot be known, so it is tried again; both attempts are in the log, and the device shows the same message once.
    [
      'stays silent after the message was taken',
      { effect: stall(true), times: 1, rig: PATIENT },
      { ...accepted('timed-out', 201), taken: 2 },
    ],
    [
      'drops after the message was taken',
      { effect: drop(true, 'connection'), times: 1 },
      { ...accepted('connection-reset', 201), taken: 2 },
    ],
    [
      'drops in the middle of the answer',
      { effect: dropInAnswer('connection') },
      { ...accepted(201), note: /connection dropped/ },
    ],
    [
      'is reset in the middle of the answer',
      { effect: dropInAnswer('stream') },
      { ...accepted(201), note: /connection dropped/ },
    ],
    [
      'drops in the middle of the news that the subscription is gone',
      {
        effect: dropInAnswer('connection'),
        arrange: (_rig, device) => {
          device.unsubscribe();
        },
      },
      {
        state: 'gone',
        diagnosis: 'subscription-gone',
        attempts: [410],
        subscription: 'gone',
        note: /connection dropped/,
      },
    ],
    ['drips', { effect: drip(20, 5) }, accepted(201)],
    [
      'drips for ever',
      { effect: drip(100_000, 20), rig: PATIENT },
      { ...accepted(201), note: /not complete in time/ },
    ],
    [
      'pours far too much',
      { effect: { kind: 'oversize', bytes: 3_000_000 } },
      { ...accepted(201), note: /longer than 64 kB/ },
    ],
    ['is slow', { effect: { kind: 'delay', milliseconds: 300 } }, accepted(201)],
  ])('%s', (_name, trouble, expected) => meet({ ...trouble, rig: { ...rig, ...trouble.rig } }, expected));
});

// HTTP/2 cannot carry them.
it('an answer with headers beyond all measure over HTTP/1.1 is not read on', () =>
  meet(
    { effect: { kind: 'answer', status: 201, headers: { 'x-long': 'x'.repeat(100_000) } }, rig: HTTP1 },
    { state: 'failed', diagnosis: 'answer-too-large', attempts: ['answer-too-large'] },
  ));
