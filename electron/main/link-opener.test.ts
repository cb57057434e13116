import { describe, expect, it } from 'vitest';
import { createLinkOpener } from './link-opener.ts';

function opener() {
  const state = {
    presses: 0,
    answer: true,
    hasBrowser: true,
    waiting: [] as ((answer: boolean) => void)[],
    holds: false,
  };
  const asked: string[] = [];
  const opened: string[] = [];
  const notOpened: string[] = [];
  const links = createLinkOpener({
    gesture: { take: () => state.presses-- > 0 },
    confirm(url) {
      asked.push(url);
      return state.holds
        ? new Promise((resolve) => state.waiting.push(resolve))
        : Promise.resolve(state.answer);
    },
    open(url) {
      opened.push(url);
      return Promise.resolve(state.hasBrowser);
    },
    notOpened: (url) => notOpened.push(url),
  });
  return { ...links, state, asked, opened, notOpened };
}

describe('a link of the page', () => {
  it('does not open without a press', async () => {
    const { openForPage, asked, opened } = opener();
    for (let turn = 0; turn < 200; turn += 1) expect(await openForPage('https://push.example/')).toBe(false);
    expect([asked, opened]).toEqual([[], []]);
  });

  it('opens once for a press, and only where the person agrees to the address', async () => {
    const { openForPage, state, asked, opened } = opener();
    state.presses = 1;
    expect(await openForPage('https://push.example/?a=1')).toBe(true);
    expect(await openForPage('https://push.example/?a=2')).toBe(false);
    expect(asked).toEqual(['https://push.example/?a=1']);
    state.presses = 1;
    state.answer = false;
    expect(await openForPage('https://push.example/?a=3')).toBe(false);
    expect(opened).toEqual(['https://push.example/?a=1']);
  });

  it('is offered otherwise where there is no browser', async () => {
    const { openForPage, state, notOpened } = opener();
    state.presses = 1;
    state.hasBrowser = false;
    expect(await openForPage('https://push.example/')).toBe(false);
    expect(notOpened).toEqual(['https://push.example/']);
  });

  it('brings up one question at a time', async () => {
    const { openForPage, openForEngine, state, asked, opened } = opener();
    state.presses = 9;
    state.holds = true;
    const first = openForPage('https://push.example/');
    expect(await openForPage('https://push.example/')).toBe(false);
    expect(await openForEngine('http://localhost:4830/')).toBe(false);
    state.waiting[0]?.(true);
    expect(await first).toBe(true);
    expect(asked).toHaveLength(1);
    expect(opened).toHaveLength(1);
  });

  it('asks nothing for what the engine has opened itself', async () => {
    const { openForPage, openForEngine, state, asked } = opener();
    state.presses = 2;
    await openForEngine('http://localhost:4830/');
    expect(await openForPage('http://localhost:4830/api/v1/openapi.json')).toBe(true);
    expect(asked).toEqual([]);
    state.presses = 1;
    await openForPage('http://localhost:4831/');
    expect(asked).toEqual(['http://localhost:4831/']);
  });

  it.each(['file:///etc/passwd', 'javascript:1', 'mailto:a@example.com', 'https://a:b@push.example/'])(
    'is never %s',
    async (url) => {
      const { openForPage, openForEngine, state, opened } = opener();
      state.presses = 2;
      expect(await openForPage(url)).toBe(false);
      expect(await openForEngine(url)).toBe(false);
      expect(opened).toEqual([]);
    },
  );
});
