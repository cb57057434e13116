import { describe, expect, it } from 'vitest';
import { FRAMES } from '../port/frame-budget.ts';
import { MAX_FRAME_CHARACTERS } from '../port/frames.ts';
import { bridgePorts, type EnginePort, type WindowPort } from './port-bridge.ts';

function fakeEnd() {
  const sent: unknown[] = [];
  let closed = 0;
  let started = false;
  let onMessage: (data: unknown) => void = () => undefined;
  let onClose: () => void = () => undefined;
  const end = {
    postMessage: (data: unknown) => sent.push(data),
    start: () => {
      started = true;
    },
    close: () => {
      closed += 1;
    },
  };
  return {
    sent,
    closed: () => closed,
    started: () => started,
    say: (data: unknown) => {
      onMessage(data);
    },
    vanish: () => {
      onClose();
    },
    windowPort: {
      ...end,
      on(event: 'message' | 'close', listener: ((event: { data: unknown }) => void) | (() => void)) {
        if (event === 'close') onClose = listener as () => void;
        else
          onMessage = (data) => {
            listener({ data });
          };
      },
    } as WindowPort,
    enginePort: {
      ...end,
      on(event: 'message' | 'close', listener: ((data: unknown) => void) | (() => void)) {
        if (event === 'close') onClose = listener as () => void;
        else onMessage = listener;
      },
    } as EnginePort,
  };
}

function bridged() {
  const window = fakeEnd();
  const engine = fakeEnd();
  let lost = 0;
  let now = 0;
  const close = bridgePorts(window.windowPort, engine.enginePort, {
    now: () => now,
    onLost: () => {
      lost += 1;
    },
  });
  return {
    window,
    engine,
    close,
    lost: () => lost,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

describe('the bridge between a window and the engine', () => {
  it('relays text both ways', () => {
    const { window, engine } = bridged();
    window.say('ask');
    engine.say('answer');
    expect(window.started()).toBe(true);
    expect(engine.sent).toEqual(['ask']);
    expect(window.sent).toEqual(['answer']);
  });

  const FOREIGN = [
    { type: 'stop' },
    1,
    null,
    undefined,
    ['ask'],
    new Uint8Array([1, 2]),
    new ArrayBuffer(2),
    'x'.repeat(MAX_FRAME_CHARACTERS + 1),
  ];

  it.each(['window', 'engine'] as const)('lets nothing else through from the %s, and ends', (from) => {
    for (const data of FOREIGN.slice(0, from === 'window' ? undefined : -1)) {
      const ends = bridged();
      ends[from].say(data);
      ends.window.say('ask');
      expect([ends.engine.sent, ends.window.sent]).toEqual([[], []]);
      expect([ends.window.closed(), ends.engine.closed(), ends.lost()]).toEqual([1, 1, 1]);
    }
  });

  it('ends when a window sends more than one does that is at work', () => {
    const { window, engine, lost, pass } = bridged();
    for (let second = 0; second < 10; second += 1) {
      for (let frame = 0; frame < FRAMES.perSecond; frame += 1) window.say('ask');
      pass(1000);
    }
    expect([engine.sent.length, lost()]).toEqual([10 * FRAMES.perSecond, 0]);
    for (let frame = 0; frame < 1_000_000; frame += 1) window.say('ask');
    expect(engine.sent.length).toBe(10 * FRAMES.perSecond + FRAMES.burst);
    expect(lost()).toBe(1);
  });

  it.each(['window', 'engine'] as const)('closes both ends once when the %s goes', (gone) => {
    const ends = bridged();
    ends[gone].vanish();
    ends[gone].vanish();
    ends.close();
    expect([ends.window.closed(), ends.engine.closed(), ends.lost()]).toEqual([1, 1, 1]);
    ends.window.say('too late');
    expect(ends.engine.sent).toEqual([]);
  });

  it('does not call it a loss when it is closed from here', () => {
    const { window, engine, close, lost } = bridged();
    close();
    window.vanish();
    engine.vanish();
    expect(lost()).toBe(0);
  });
});
