import { useInfiniteQuery } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { refuse } from '../testing/fake-engine.ts';
import { renderWith } from '../testing/render-with.tsx';
import { sampleCampaign } from '../testing/samples.ts';
import { useQueries } from './ApiProvider.tsx';
import { MAX_LOADED, PAGED, usePagedList } from './paged-list.ts';

/** A list whose pages hold this many rows each; there are `pages` of them in all. */
function List() {
  const { list, more } = usePagedList(
    useInfiniteQuery(
      useQueries().campaigns.list.infiniteOptions({ input: (cursor) => ({ cursor, limit: 100 }), ...PAGED }),
    ),
  );
  return (
    <>
      <output>
        {`${list.data?.length ?? 'no'} rows${more.hasMore ? ', more' : ''}${more.isFull ? ', full' : ''}${list.problem ? `, ${list.problem.cause}` : ''}`}
      </output>
      <button type="button" onClick={more.loadMore}>
        More
      </button>
      <button type="button" onClick={more.loadAll}>
        All
      </button>
      <button type="button" onClick={more.stop}>
        Stop
      </button>
    </>
  );
}

function pagesOf(size: number, pages: number) {
  const items = Array.from({ length: size }, () => sampleCampaign());
  return ({ cursor }: { cursor?: string | null | undefined }) => {
    const page = Number(cursor ?? 1);
    return { items, nextCursor: page < pages ? String(page + 1) : null };
  };
}

const shown = () => screen.getByRole('status').textContent;
const press = (name: string) => screen.getByRole('button', { name });

describe('a list that comes in pages', () => {
  it('grows page by page, and knows its end', async () => {
    const { user, engine } = renderWith(<List />, { answers: { campaigns: { list: pagesOf(2, 2) } } });
    await expect.poll(shown).toBe('2 rows, more');
    await user.click(press('More'));
    await expect.poll(shown).toBe('4 rows');
    await user.click(press('More'));
    expect(engine.inputsOf('campaigns.list')).toHaveLength(2);
  });

  it('goes on to its end by itself where all is wanted', async () => {
    const { user } = renderWith(<List />, { answers: { campaigns: { list: pagesOf(2, 5) } } });
    await expect.poll(shown).toBe('2 rows, more');
    await user.click(press('All'));
    await expect.poll(shown).toBe('10 rows');
  });

  it('stops on the way where it is told to', async () => {
    let answered = 0;
    let next: () => void = () => undefined;
    const page = pagesOf(2, 9);
    const { user } = renderWith(<List />, {
      answers: {
        campaigns: {
          list: (input) =>
            answered++ === 0
              ? page(input)
              : new Promise((resolve) => {
                  next = () => {
                    resolve(page(input));
                  };
                }),
        },
      },
    });
    await expect.poll(shown).toBe('2 rows, more');
    await user.click(press('All'));
    await user.click(press('Stop'));
    next();
    await expect.poll(shown).toBe('4 rows, more');
    expect(answered).toBe(2);
  });

  it('stops where a page is refused, with what it has, and says why', async () => {
    const { user, engine } = renderWith(<List />, { answers: { campaigns: { list: pagesOf(2, 9) } } });
    await expect.poll(shown).toBe('2 rows, more');
    engine.answer({
      campaigns: { list: () => refuse({ code: 'x', cause: 'The file is locked.', cure: 'Close it.' }) },
    });
    await user.click(press('All'));
    await expect.poll(shown).toBe('2 rows, more, The file is locked.');
    expect(engine.inputsOf('campaigns.list')).toHaveLength(2);
  });

  it('is full where more would not fit into the window', async () => {
    const { user, engine } = renderWith(<List />, {
      answers: { campaigns: { list: pagesOf(MAX_LOADED / 2, 9) } },
    });
    await expect.poll(shown).toBe(`${MAX_LOADED / 2} rows, more`);
    await user.click(press('All'));
    await expect.poll(shown).toBe(`${MAX_LOADED} rows, more, full`);
    await user.click(press('More'));
    expect(engine.inputsOf('campaigns.list')).toHaveLength(2);
  });
});
