import { describe, expect, it } from 'vitest';
import { messageSchema } from '../../../contract/message.ts';
import { fakeHost } from '../../testing/fake-host.ts';
import { tempEngine } from '../../testing/temp-engine.ts';
import { TUTORIAL } from './testing/workers.ts';

const MESSAGE = messageSchema.parse({ title: 'Hello', url: '/news' });

describe('the check of a worker, through the engine', () => {
  it('runs it against the payload that a send would have, receipts included', async () => {
    const { client } = await tempEngine();
    await client.app.changeSettings({ receipts: true });
    const found = await client.campaigns.checkWorker({ message: MESSAGE, script: TUTORIAL });
    expect(found.notifications.map(({ title }) => title)).toEqual(['Hello']);
    expect(JSON.parse(found.payload)).toMatchObject({ title: 'Hello', url: '/news', receipts: true });
    expect(found.clicks[0]?.closed).toEqual([{ how: 'open', url: 'https://your-site.example/news' }]);
  });

  it('asks the desktop for the process where there is one', async () => {
    const host = fakeHost();
    const jobs: string[] = [];
    host.desktop.runSandbox = ({ job }) => {
      jobs.push(job);
      return Promise.resolve({ answer: '', ended: 'time' });
    };
    const { client } = await tempEngine({ host });
    const found = await client.campaigns.checkWorker({ message: MESSAGE, script: TUTORIAL });
    expect(jobs).toHaveLength(1);
    expect(found.findings.map(({ code }) => code)).toEqual(['worker-too-slow']);
  });

  it('takes a message that is not finished, and refuses what is no worker', async () => {
    const { client } = await tempEngine({ host: fakeHost() });
    const unfinished = { ...MESSAGE, title: '', format: 'own', ownFormat: '{' } as const;
    const found = await client.campaigns.checkWorker({ message: unfinished, script: TUTORIAL });
    expect(found.findings.map(({ code }) => code)).toEqual(['worker-crash']);
    await expect(client.campaigns.checkWorker({ message: MESSAGE, script: '' })).rejects.toMatchObject({
      code: 'BAD_INPUT',
    });
  });
});
