import { describe, expect, it } from 'vitest';
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
  const close = bridgePorts(window.windowPort, engine.enginePort);
  return { window, engine, close };
}

describe('the bridge between a window and the engine', () => {
  it('relays text and bytes both ways', () => {
    const { window, engine } = bridged();
    const bytes = new Uint8Array([1, 2]);
    window.say('ask');
    window.say(bytes.buffer);
    engine.say('answer');
    engine.say(bytes);
    expect(window.started()).toBe(true);
    expect(engine.sent).toEqual(['ask', bytes.buffer]);
    expect(window.sent).toEqual(['answer', bytes]);
  });

  it('lets nothing else through', () => {
    const { window, engine } = bridged();
    for (const data of [{ type: 'stop' }, 1, null, undefined, ['ask']]) window.say(data);
    expect(engine.sent).toEqual([]);
  });

  it.each(['window', 'engine'] as const)('closes both ends once when the %s goes', (gone) => {
    const ends = bridged();
    ends[gone].vanish();
    ends[gone].vanish();
    ends.close();
    expect([ends.window.closed(), ends.engine.closed()]).toEqual([1, 1]);
    ends.window.say('too late');
    expect(ends.engine.sent).toEqual([]);
  });
});
