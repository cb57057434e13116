import { describe, expect, it } from 'vitest';
import { campaignSchema, type Campaign } from '../../../electron/contract/campaigns.ts';
import type { Preflight } from '../../../electron/contract/preflight.ts';
import { messageSchema } from '../../../electron/contract/message.ts';
import { createSendMachine, type SendInput } from './send-machine.ts';

const NOTE = messageSchema.parse({ title: 'Note' });
const EVERYONE: SendInput = { message: NOTE, audience: { kind: 'everyone' } };
const BLOCKER = { code: 'no-key-pair', cause: 'There are no keys.', cure: 'Generate some.' };

const CAMPAIGN: Campaign = campaignSchema.parse({
  id: 1,
  kind: 'campaign',
  state: 'preparing',
  message: NOTE,
  payloadBytes: 60,
  createdAt: 0,
  finishedAt: null,
  audience: { kind: 'everyone', text: 'Everyone active', anyOf: [], leaveOut: [] },
  recipients: 2,
  isHeld: false,
  canary: null,
  restoredFrom: null,
  wait: null,
  seen: null,
  schedule: null,
  hours: null,
  counts: {
    queued: 2,
    sending: 0,
    accepted: 0,
    waiting: 0,
    retrying: 0,
    failed: 0,
    gone: 0,
    cancelled: 0,
    unknown: 0,
  },
});

function setUp({ recipients = 1, blockers = [] as Preflight['blockers'], code = 'lost' } = {}) {
  const started: string[] = [];
  let ids = 0;
  let failure: Error | null = null;
  const machine = createSendMachine({
    preflight: () =>
      Promise.resolve({
        payloadBytes: 60,
        personal: null,
        payloadLimit: 3993,
        recipients,
        services: [],
        byPart: [],
        canary: null,
        sentences: [],
        timeNeededMs: null,
        excluded: [],
        blockers,
        warnings: [],
      }),
    start: ({ requestId }) => {
      started.push(requestId);
      return failure ? Promise.reject(failure) : Promise.resolve(CAMPAIGN);
    },
    requestIdOfDraft: () => Promise.resolve(`id-${(ids += 1)}`),
    makeId: () => 'made',
    problemOf: (error) => ({ code, cause: String(error), cure: 'Try again.' }),
  });
  return {
    machine,
    started,
    fail: (error: Error | null) => {
      failure = error;
    },
  };
}

describe('Send', () => {
  it('to one starts at once', async () => {
    const { machine, started } = setUp();
    expect(await machine.press(EVERYONE)).toBe(CAMPAIGN);
    expect(started).toEqual(['id-1']);
    expect(machine.step()).toEqual({ kind: 'writing' });
  });

  it('to more than one asks once, and starts after a yes', async () => {
    const { machine, started } = setUp({ recipients: 1204 });
    expect(await machine.press(EVERYONE)).toBeNull();
    expect(machine.step()).toMatchObject({ kind: 'asking', preflight: { recipients: 1204 } });
    expect(started).toEqual([]);
    expect(await machine.confirm()).toBe(CAMPAIGN);
    expect(started).toEqual(['id-1']);
  });

  it('starts nothing after a no', async () => {
    const { machine, started } = setUp({ recipients: 2 });
    await machine.press(EVERYONE);
    machine.leave();
    expect(await machine.confirm()).toBeNull();
    expect(started).toEqual([]);
  });

  it('starts once however often it is pressed', async () => {
    const { machine, started } = setUp();
    await Promise.all([machine.press(EVERYONE), machine.press(EVERYONE), machine.press(EVERYONE)]);
    expect(started).toHaveLength(1);
    const asked = setUp({ recipients: 2 });
    await asked.machine.press(EVERYONE);
    await Promise.all([asked.machine.confirm(), asked.machine.confirm()]);
    expect(asked.started).toHaveLength(1);
  });

  it('repeats a lost start under the same request id, and another message under another', async () => {
    const { machine, started, fail } = setUp();
    fail(new Error('lost'));
    await machine.press(EVERYONE);
    expect(machine.step()).toMatchObject({ kind: 'blocked', problems: [{ code: 'lost' }] });
    await machine.press(EVERYONE);
    await machine.press({ ...EVERYONE, message: { ...NOTE, title: 'Another' } });
    expect(started).toEqual(['id-1', 'id-1', 'id-2']);
  });

  it('gives the same message a new request id once it was sent', async () => {
    const { machine, started } = setUp();
    await machine.press(EVERYONE);
    await machine.press(EVERYONE);
    expect(started).toEqual(['id-1', 'id-2']);
  });

  it('says what stands against it and starts nothing', async () => {
    const { machine, started } = setUp({ blockers: [BLOCKER] });
    await machine.press(EVERYONE);
    expect(machine.step()).toEqual({ kind: 'blocked', problems: [BLOCKER] });
    expect(started).toEqual([]);
  });

  it.each([
    [{ ...EVERYONE, message: null }, 'fields-wrong'],
    [{ ...EVERYONE, audience: null }, 'nobody-chosen'],
  ])('is refused while something is missing', async (input, code) => {
    const { machine, started } = setUp();
    await machine.press(input);
    expect(machine.step()).toMatchObject({ kind: 'blocked', problems: [{ code }] });
    expect(started).toEqual([]);
  });
});

describe('a start whose answer was lost', () => {
  const OTHER: SendInput = { ...EVERYONE, message: messageSchema.parse({ title: 'Note!' }) };
  const CUT = new Error('cut');

  it('asks before another message goes, and repeats the same one under its id', async () => {
    const { machine, started, fail } = setUp({ code: 'line-cut-safe' });
    fail(CUT);
    await machine.press(EVERYONE);
    fail(null);
    await machine.press(OTHER);
    expect(machine.step()).toMatchObject({ kind: 'blocked', problems: [{ code: 'maybe-sent' }] });
    expect(started).toEqual(['id-1']);
    expect(await machine.press(OTHER)).toBe(CAMPAIGN);
    expect(started).toEqual(['id-1', 'id-2']);
  });
});
