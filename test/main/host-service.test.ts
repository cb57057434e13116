import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, describe, expect, it } from 'vitest';
import type { HostContract } from '../../electron/contract/host.ts';
import { createHostService, type Desktop } from '../../electron/main/host-service.ts';

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** The engine's end of a real port, with a desktop that writes down what it was asked. */
function connectHost(desktop: Partial<Desktop> = {}) {
  const asked: unknown[][] = [];
  const warnings: string[] = [];
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  createHostService({
    keyRing: {
      status: () => Promise.resolve({ state: 'locked', backend: 'test' }),
      unlock: () => Promise.resolve({ state: 'ready', backend: 'test' }),
      seal: (plain) => `sealed ${plain}`,
      open: (sealed) => {
        if (!sealed.startsWith('sealed ')) throw new Error('sealed by another user: deadbeef');
        return sealed.slice('sealed '.length);
      },
    },
    desktop: {
      openInBrowser: (url) => {
        asked.push(['open', url]);
        return Promise.resolve(true);
      },
      pickSavePath: () => Promise.resolve('/home/a/keys.json'),
      saveFiles: {
        open: (path) => {
          asked.push(['open file', path]);
          return Promise.resolve('file-1');
        },
        write: (id, text) => {
          asked.push(['write piece', id, text]);
          return Promise.resolve();
        },
        close: (id, keep) => {
          asked.push(['close file', id, String(keep)]);
          return Promise.resolve();
        },
      },
      writePrivateFile: (path, text) => {
        asked.push(['write', path, text]);
        return Promise.resolve();
      },
      showSecret: ({ text }) => {
        asked.push(['show', text]);
        return Promise.resolve(true);
      },
      copySecret: ({ text }) => {
        asked.push(['copy', text]);
        return Promise.resolve(false);
      },
      resolveProxy: (url) => {
        asked.push(['proxy', url]);
        return Promise.resolve('PROXY proxy.example:3128; DIRECT');
      },
      runSandbox: (job) => {
        asked.push(['sandbox', job]);
        return Promise.resolve({ answer: 'done', ended: 'answer' });
      },
      notify: ({ title, screen }) => {
        asked.push(['notify', title, screen]);
        return false;
      },
      setAppearance: (appearance) => {
        asked.push(['appearance', appearance]);
      },
      ...desktop,
    },
    warn: (text) => {
      warnings.push(text);
    },
  })(port1);
  const host: ContractRouterClient<HostContract> = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  return { host, asked, warnings, port: port2 };
}

describe('what the engine may ask of the process around it', () => {
  it('is nothing that is no question, and the next question is answered', async () => {
    const { host, port, warnings } = connectHost();
    for (const frame of ['x', '', 'null', '[]', { type: 'stop' }, new Uint8Array(2)]) port.postMessage(frame);
    expect(await host.keyRing.status()).toEqual({ state: 'locked', backend: 'test' });
    expect(warnings).toHaveLength(6);
  });

  it('is to show a secret or to copy it, where the page cannot read it', async () => {
    const { host, asked } = connectHost();
    expect(await host.desktop.showSecret({ title: 'API token', text: 'secret', note: '' })).toEqual({
      shown: true,
    });
    expect(await host.desktop.copySecret({ text: 'secret' })).toEqual({ copied: false });
    expect(asked).toEqual([
      ['show', 'secret'],
      ['copy', 'secret'],
    ]);
  });

  it('is the key ring', async () => {
    const { host } = connectHost();
    expect(await host.keyRing.status()).toEqual({ state: 'locked', backend: 'test' });
    expect(await host.keyRing.unlock()).toEqual({ state: 'ready', backend: 'test' });
    const { sealed } = await host.keyRing.seal({ plain: 'secret' });
    expect(await host.keyRing.open({ sealed })).toEqual({ plain: 'secret' });
  });

  it('is told that a key cannot be opened, without the inner words', async () => {
    const { host } = connectHost();
    await expect(host.keyRing.open({ sealed: 'broken' })).rejects.toThrow(/^Internal server error$/i);
  });

  it('is the browser, for http and https alone', async () => {
    const { host, asked } = connectHost();
    expect(await host.desktop.openInBrowser({ url: 'http://localhost:4830/' })).toEqual({ opened: true });
    await expect(host.desktop.openInBrowser({ url: 'file:///etc/passwd' })).rejects.toThrow();
    expect(asked).toEqual([['open', 'http://localhost:4830/']]);
  });

  it('is a file that the person picks, or nothing where the person thought better of it', async () => {
    const request = { title: 'Export keys', suggestedName: 'keys.json', text: '{}' };
    const picked = connectHost();
    expect(await picked.host.desktop.saveTextFile(request)).toEqual({ path: '/home/a/keys.json' });
    expect(picked.asked).toEqual([['write', '/home/a/keys.json', '{}']]);

    const dropped = connectHost({ pickSavePath: () => Promise.resolve(null) });
    expect(await dropped.host.desktop.saveTextFile(request)).toEqual({ path: null });
    expect(dropped.asked).toEqual([]);
  });

  it('is the proxy that the system names, for https alone', async () => {
    const { host, asked } = connectHost();
    expect(await host.desktop.resolveProxy({ url: 'https://fcm.googleapis.com/' })).toEqual({
      answer: 'PROXY proxy.example:3128; DIRECT',
    });
    await expect(host.desktop.resolveProxy({ url: 'http://fcm.googleapis.com/' })).rejects.toThrow();
    expect(asked).toEqual([['proxy', 'https://fcm.googleapis.com/']]);
  });

  it('tells the person outside of the window, and says whether it could', async () => {
    const { host, asked } = connectHost();
    const notice = { title: 'A campaign is paused', body: 'Sale', screen: '/campaigns/7' };
    expect(await host.desktop.notify(notice)).toEqual({ shown: false });
    expect(asked).toEqual([['notify', 'A campaign is paused', '/campaigns/7']]);
  });

  it('is the look of the window', async () => {
    const { host, asked } = connectHost();
    expect(await host.desktop.setAppearance({ appearance: 'dark' })).toEqual({ appearance: 'dark' });
    expect(asked).toEqual([['appearance', 'dark']]);
  });
});
