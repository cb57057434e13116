import { describe, expect, it, vi } from 'vitest';
import { readTopics, READERS } from './attributes.ts';
import { claim } from './claim.ts';
import type * as Declared from './pushdesk.d.ts';
import { readSettings } from './settings.ts';

describe('the kit where there is no page', () => {
  it('is what its types say, and fails nobody who renders on a server', async () => {
    // Checked by the compiler: the types that people get are those of the code.
    const kit: typeof Declared = claim();
    for (const answer of [kit.state(), kit.subscribe(), kit.unsubscribe(), kit.setTags(['a'])]) {
      expect(await answer).toMatchObject({ state: 'checking' });
    }
    expect(() => {
      kit.configure({ engine: 'https://push.example/' });
    }).not.toThrow();
    const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const states: string[] = [];
    kit.onChange(({ state }) => states.push(state))();
    kit.onChange(() => {
      throw new Error('of the page');
    });
    expect(states).toEqual(['checking']);
    expect(said).toHaveBeenCalledOnce();
  });
});

describe('what attributes say', () => {
  it.each([
    [null, []],
    ['', []],
    [' , ,', []],
    ['news', [{ tag: 'news', label: 'news' }]],
    [
      'news: News: all , offers:',
      [
        { tag: 'news', label: 'News: all' },
        { tag: 'offers', label: 'offers' },
      ],
    ],
  ])('topics %j', (text, topics) => {
    expect(readTopics(text)).toEqual(topics);
  });

  it('attributes with = in their values', () => {
    expect(READERS['attributes']?.('plan=pro, link=a=b, ,=x')).toEqual({
      attributes: { plan: 'pro', link: 'a=b' },
    });
  });
});

describe('what goes without saying', () => {
  const read = (options: Parameters<typeof readSettings>[0], script = '') => {
    (globalThis as { document?: unknown }).document = { baseURI: 'https://shop.example/blog/page.html' };
    try {
      return readSettings(options, script);
    } finally {
      delete (globalThis as { document?: unknown }).document;
    }
  };

  it('the worker stands beside the script, with its folder for a scope', () => {
    expect(read({}, 'https://shop.example/a/pushdesk.js').place).toEqual({
      url: 'https://shop.example/a/pushdesk-worker.js',
      scope: 'https://shop.example/a/',
      exists: false,
    });
    expect(read({}).place.url).toBe('https://shop.example/pushdesk/pushdesk-worker.js');
  });

  it('an engine serves its own script, and the worker is on the site all the same', () => {
    const { engine, place } = read({}, 'https://push.example/below/kit/pushdesk.js');
    expect(engine).toBe('https://push.example/below/');
    expect(place.url).toBe('https://shop.example/pushdesk/pushdesk-worker.js');
    expect(read({ offline: true }, 'https://push.example/kit/pushdesk.js').engine).toBeNull();
  });

  it('a worker that is there has the scope / unless said otherwise', () => {
    expect(read({ existingWorker: true }).place.scope).toBe('https://shop.example/');
    expect(read({ existingWorker: true, scope: '/blog/' }).place.scope).toBe('https://shop.example/blog/');
  });
});
