import { describe, expect, it } from 'vitest';
import { CLOSED, KEY_A, REFUSED, fakeApp, fakeMemory, json, ownOf } from '../testing/fakes.ts';
import { createTellApp } from './tell-app.ts';

const OLD = { endpoint: 'https://push.example/old', auth: 'auth of old' };

describe('a subscription', () => {
  it('is told with its key, and remembered', async () => {
    const app = fakeApp();
    const memory = fakeMemory();
    await createTellApp(app.client, memory).subscribed(json('a'), KEY_A);
    expect(app.reports).toEqual([{ subscription: json('a'), publicKey: KEY_A, receipts: true }]);
    expect(memory.held).toEqual({ endpoint: 'https://push.example/a', auth: 'auth of a' });
  });

  it('takes the place of the one that was told last', async () => {
    const app = fakeApp();
    await createTellApp(app.client, fakeMemory(OLD)).subscribed(json('a'), KEY_A);
    expect(app.reports[0]?.replaces).toEqual(OLD);
  });

  it('replaces nothing when it is the same', async () => {
    const app = fakeApp();
    const memory = fakeMemory({ endpoint: json('a').endpoint, auth: 'auth of a' });
    await createTellApp(app.client, memory).subscribed(json('a'), KEY_A);
    expect(app.reports[0]).not.toHaveProperty('replaces');
  });

  it('with new keys shows the old secret, without which the app takes none', async () => {
    const app = fakeApp();
    const before = { endpoint: json('a').endpoint, auth: 'x' };
    const memory = fakeMemory(before);
    await createTellApp(app.client, memory).subscribed(json('a'), KEY_A);
    expect(app.reports[0]?.replaces).toEqual(before);
    expect(memory.held).toEqual({ ...before, auth: 'auth of a' });
  });

  it('takes the place of the one that was told last, also where the browser held another one in between', async () => {
    const app = fakeApp();
    await createTellApp(app.client, fakeMemory(OLD)).subscribed(json('c'), KEY_A, ownOf('b'));
    expect(app.reports[0]?.replaces).toEqual(OLD);
    const forgetful = createTellApp(app.client, fakeMemory());
    await forgetful.subscribed(json('c'), KEY_A, ownOf('b'));
    expect(app.reports[1]?.replaces).toEqual(ownOf('b'));
  });

  it('is not remembered as told when the app is closed, so that the next try still replaces the old one', async () => {
    const app = fakeApp();
    app.problem = CLOSED;
    const memory = fakeMemory(OLD);
    const tell = createTellApp(app.client, memory);
    expect(await tell.subscribed(json('a'), KEY_A)).toEqual({ kind: 'problem', problem: CLOSED });
    expect(memory.held).toEqual(OLD);
  });
});

describe('a cancellation', () => {
  it('is told and forgotten', async () => {
    const app = fakeApp();
    const memory = fakeMemory(OLD);
    await createTellApp(app.client, memory).cancelled(OLD);
    expect(app.cancels).toEqual([OLD]);
    expect(memory.held).toBeNull();
  });

  it('is told later when the app is closed', async () => {
    const app = fakeApp();
    app.problem = CLOSED;
    const memory = fakeMemory();
    const tell = createTellApp(app.client, memory);
    await tell.cancelled(OLD);
    expect(memory.held).toEqual(OLD);

    app.problem = null;
    await tell.nothingLeft();
    expect(app.cancels).toEqual([OLD]);
    expect(memory.held).toBeNull();
  });

  it('is not repeated for ever when the app refuses it', async () => {
    const app = fakeApp();
    app.problem = REFUSED;
    const memory = fakeMemory(OLD);
    await createTellApp(app.client, memory).nothingLeft();
    expect(memory.held).toBeNull();
  });

  it('is not told when the app never knew of a subscription', async () => {
    const app = fakeApp();
    await createTellApp(app.client, fakeMemory()).nothingLeft();
    expect(app.cancels).toEqual([]);
  });
});
