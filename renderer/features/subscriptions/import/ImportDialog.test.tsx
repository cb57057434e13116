import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { importStreamIdSchema } from '../../../../electron/contract/import-stream.ts';
import type { ImportPreview } from '../../../../electron/contract/subscription-import.ts';
import { held, refuse, type Answers } from '../../../testing/fake-engine.ts';
import { renderWith } from '../../../testing/render-with.tsx';
import { sampleKeyPair } from '../../../testing/samples.ts';
import { ImportDialog } from './ImportDialog.tsx';
import { importPreview } from './testing/import-preview.ts';

const STREAM = { id: importStreamIdSchema.parse('1b4e28ba-2fa1-41d2-883f-0016d3cca427') };

async function show(subscriptions: Answers['subscriptions'] = {}, pairs = [sampleKeyPair()]) {
  const onClose = vi.fn();
  const rendered = renderWith(<ImportDialog opened onClose={onClose} />, {
    answers: { keys: { list: () => pairs }, subscriptions },
  });
  await screen.findByRole('dialog', { name: 'Import subscriptions' });
  return { ...rendered, onClose };
}

const text = () => screen.getByRole('textbox', { name: 'Subscriptions' });
const submit = () => screen.getByRole<HTMLButtonElement>('button', { name: /^Import/ });
const fileField = () => screen.getByLabelText('Choose file');
const figures = () => within(screen.getByRole('region', { name: 'What was found' }));

describe('importing pasted subscriptions', () => {
  it('says what is missing after a press, not before', async () => {
    const { user } = await show();
    expect(text().getAttribute('aria-invalid')).not.toBe('true');
    await user.click(submit());
    expect(screen.getByText(/^There is nothing to import yet\./)).toBeTruthy();
    expect(document.activeElement).toBe(text());
  });

  it('looks at the text first, then stores it with the key it was made with, and says what came of it', async () => {
    const { user, engine, onClose } = await show({
      previewImport: () => importPreview({ newCount: 1204, knownCount: 1, badCount: 2 }),
      import: () => ({ addedCount: 1204, updatedCount: 1, badCount: 2, unsubscribedCount: 0 }),
    });
    await user.click(text());
    await user.paste('{"endpoint":"x"}');
    await expect.poll(() => submit().textContent).toBe('Import 1,205 subscriptions');
    await user.click(submit());
    expect(await screen.findByText('1,204 subscriptions added, 1 updated, 2 rejected.')).toBeTruthy();
    expect(onClose).toHaveBeenCalledOnce();
    expect(engine.inputsOf('subscriptions.import')).toEqual([
      { text: '{"endpoint":"x"}', publicKey: sampleKeyPair().publicKey },
    ]);
  });

  it('leaves out who is marked as unsubscribed, until a person says otherwise', async () => {
    const unsubscribed = { count: 2, lines: [3, 4], mark: 'is_active = 0' };
    const { user, engine } = await show({
      previewImport: ({ includeUnsubscribed }) =>
        importPreview({ newCount: includeUnsubscribed === true ? 3 : 1, unsubscribed }),
      import: () => ({ addedCount: 3, updatedCount: 0, badCount: 0, unsubscribedCount: 0 }),
    });
    await user.click(text());
    await user.paste('a table');
    expect(await screen.findByText('2 rows are marked as unsubscribed and will be left out.')).toBeTruthy();
    expect(figures().getByText('is_active = 0')).toBeTruthy();
    expect(submit().textContent).toBe('Import 1 subscription');
    await user.click(screen.getByRole('switch', { name: 'Import anyway' }));
    await expect.poll(() => submit().textContent).toBe('Import 3 subscriptions');
    await user.click(submit());
    await screen.findByText('3 subscriptions added.');
    expect(engine.inputsOf('subscriptions.import')).toMatchObject([{ includeUnsubscribed: true }]);
  });

  it('counts one in the singular', async () => {
    const { user } = await show({
      previewImport: () => importPreview({ newCount: 1 }),
      import: () => ({ addedCount: 1, updatedCount: 0, badCount: 0, unsubscribedCount: 0 }),
    });
    await user.click(text());
    await user.paste('{}');
    await expect.poll(() => submit().textContent).toBe('Import 1 subscription');
    await user.click(submit());
    expect(await screen.findByText('1 subscription added.')).toBeTruthy();
  });

  it('takes no key for granted where there are several', async () => {
    const { user, engine } = await show({ previewImport: () => importPreview({ newCount: 1 }) }, [
      sampleKeyPair(),
      sampleKeyPair({ id: 2, name: 'Shop' }),
    ]);
    const made = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Made with' });
    expect(made.value).toBe('Not known: try the one in use');
    await user.click(text());
    await user.paste('{}');
    await expect
      .poll(() => engine.inputsOf('subscriptions.previewImport'))
      .toEqual([{ text: '{}', publicKey: null }]);
    await user.click(made);
    await user.click(await screen.findByRole('option', { name: 'Shop' }));
    await expect
      .poll(() => engine.inputsOf('subscriptions.previewImport').at(-1))
      .toEqual({ text: '{}', publicKey: sampleKeyPair({ id: 2 }).publicKey });
  });

  it('says at once that the text is not taken, and does nothing', async () => {
    const { user, engine } = await show({
      previewImport: () => refuse({ code: 'x', cause: 'This is no JSON.', cure: 'Paste it again.' }),
    });
    await user.click(text());
    await user.paste('nonsense');
    expect(await screen.findByText('This is no JSON. Paste it again.')).toBeTruthy();
    await user.click(submit());
    expect(engine.inputsOf('subscriptions.import')).toEqual([]);
  });

  it('says why none of the lines can be taken', async () => {
    const { user } = await show({ previewImport: () => importPreview({ badCount: 3 }) });
    await user.click(text());
    await user.paste('x');
    await screen.findByRole('region', { name: 'What was found' });
    await user.click(submit());
    expect(screen.getByText(/^None of this can be imported\./)).toBeTruthy();
  });

  it('stays with the reason where the engine did not store it', async () => {
    const { user, onClose } = await show({
      previewImport: () => importPreview({ newCount: 1 }),
      import: () => refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }),
    });
    await user.click(text());
    await user.paste('{}');
    await expect.poll(() => submit().textContent).toContain('1 subscription');
    await user.click(submit());
    expect(await screen.findByText('The disk is full.')).toBeTruthy();
    expect(onClose).not.toHaveBeenCalled();
  });
});

describe('importing a file', () => {
  it('is shown by its name and size, and can be taken back', async () => {
    const { user, onClose } = await show({ previewImport: () => importPreview({ newCount: 1 }) });
    await user.upload(fileField(), new File(['{"endpoint":"x"}'], 'subscriptions.json'));
    expect(await screen.findByText('subscriptions.json')).toBeTruthy();
    expect(screen.getByText('16 bytes')).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(screen.getByRole('group', { name: 'Discard the chosen file?' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Keep editing' }));
    await user.click(screen.getByRole('button', { name: 'Choose another' }));
    expect(text()).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('is shown by a name that hides nothing', async () => {
    const { user } = await show({ previewImport: () => importPreview({ newCount: 1 }) });
    await user.upload(fileField(), new File(['{"endpoint":"x"}'], 'gpj.\u202Enosj\nx.json'));
    expect((await screen.findByText(/^gpj/)).textContent).toBe(String.raw`gpj.\u202Enosj\u000Ax.json`);
  });

  it('says that it is empty', async () => {
    const { user } = await show();
    await user.upload(fileField(), new File([''], 'empty.json'));
    await screen.findByText('empty.json');
    await user.click(submit());
    expect(await screen.findByText('The file is empty.')).toBeTruthy();
  });

  it('goes in pieces where it is large, tells how far it is, and can be stopped with what is stored kept', async () => {
    const written = held({ goodCount: 4711, badCount: 1 });
    let purpose = '';
    let endImport: () => void = () => undefined;
    const { user, onClose } = await show({
      importStream: {
        open: (input) => {
          purpose = input.purpose;
          return STREAM;
        },
        write: () => (purpose === 'preview' ? { goodCount: 20_000, badCount: 0 } : written.answer()),
        finish: () => {
          if (purpose === 'preview')
            return { purpose: 'preview', preview: importPreview({ newCount: 20_000 }) };
          return new Promise((_resolve, reject) => {
            endImport = () => {
              reject(new Error('It was cancelled.'));
            };
          });
        },
        cancel: () => {
          endImport();
          return { goodCount: 4711, badCount: 1 };
        },
      },
    });
    await user.upload(fileField(), new File(['x'.repeat(1_000_001)], 'large.ndjson'));
    await expect.poll(() => submit().textContent).toBe('Import 20,000 subscriptions');
    await user.click(submit());
    expect(await screen.findByRole('button', { name: 'Stop' })).toBeTruthy();
    written.release();
    expect(await screen.findByText('Storing: 4,712 rows so far')).toBeTruthy();
    // All of the file was handed over, but not all of its rows are stored.
    const bar = screen.getByRole('progressbar', { name: 'Storing, share of all' });
    expect(Number(bar.getAttribute('aria-valuenow'))).toBeCloseTo((4712 / 20_000) * 100);
    await user.keyboard('{Escape}');
    expect(screen.getByRole('group', { name: 'Stop the import? What is stored stays.' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Keep importing' }));
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    expect(await screen.findByText(/^Stopped after 4,712 rows\. What is stored stays/)).toBeTruthy();
    expect(onClose).toHaveBeenCalledOnce();
  });
});

describe('what was found in it', () => {
  async function found(findings: Partial<ImportPreview>) {
    const { user } = await show({ previewImport: () => importPreview(findings) });
    await user.click(text());
    await user.paste('x');
    await screen.findByRole('region', { name: 'What was found' });
  }
  const items = (list: string) =>
    within(figures().getByRole('list', { name: list }))
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent);

  it('is what is rejected, by reason, and how many; good rows only where all are good', async () => {
    await found({
      newCount: 1,
      badCount: 1204,
      reasons: [
        {
          problem: { code: 'x', cause: 'No endpoint.', cure: 'Add one.' },
          count: 1203,
          lines: [3, 5],
          excerpt: '{"a":1}',
        },
        { problem: { code: 'y', cause: 'Cut.', cure: 'Export it.' }, count: 1, lines: [7], excerpt: '' },
      ],
      sample: [{ line: 1, endpoint: 'https://push.example/a', pushService: 'other', known: false }],
    });
    expect(items('Rejected')).toEqual([
      '1,203 rowsNo endpoint. Add one.Lines 3, 5 and 1,201 more{"a":1}',
      '1 rowCut. Export it.Line 7',
    ]);
    expect(figures().queryByRole('list', { name: 'First rows' })).toBeNull();
  });

  it('is the first good rows, known ones marked', async () => {
    await found({
      newCount: 1,
      knownCount: 2,
      sample: [
        { line: 1, endpoint: 'https://push.example/a', pushService: 'mozilla', known: false },
        { line: 2, endpoint: 'https://push.example/b', pushService: 'mozilla', known: true },
      ],
    });
    expect(items('First rows')).toEqual([
      expect.not.stringContaining('known'),
      expect.stringMatching(/push\.example\/b known$/),
      'And 1 more.',
    ]);
  });

  it.each([
    [0, []],
    [2, ['repeated']],
  ])('names repeats only where there are some: %i', async (repeatedCount, names) => {
    await found({ newCount: 1, repeatedCount });
    expect(
      figures()
        .getAllByRole('term')
        .map(({ textContent }) => textContent),
    ).toEqual(['new', 'known, updated', 'rejected', ...names]);
  });

  it('says that it shows the first remarks only', async () => {
    await found({
      newCount: 500,
      remarks: Array.from({ length: 200 }, (_, index) => ({ line: index + 1, text: 'Odd.' })),
    });
    expect(items('Remarks')).toHaveLength(201);
    expect(items('Remarks').at(-1)).toBe('Only the first 200 remarks are shown.');
  });

  it('says how much other text was passed over', async () => {
    await found({ newCount: 1, otherCount: 3 });
    expect(
      screen.getByText('3 lines of other text, such as log lines or comments, are skipped.'),
    ).toBeTruthy();
  });

  it('asks what unknown columns of a table become, with a guess, and stores them so', async () => {
    const { user, engine } = await show({
      previewImport: () =>
        importPreview({
          newCount: 2,
          columns: [
            { name: 'endpoint', readAs: 'Endpoint', samples: ['https://push.example/a'] },
            { name: 'Favourite', readAs: null, samples: ['blue', 'red'] },
            { name: 'session_id', readAs: null, samples: ['1', '2'] },
          ],
        }),
      import: () => ({ addedCount: 2, updatedCount: 0, badCount: 0, unsubscribedCount: 0 }),
    });
    await user.click(text());
    await user.paste('x');
    const favourite = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Favourite becomes' });
    expect(favourite.value).toBe('attribute');
    expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'session_id becomes' }).value).toBe(
      'nothing',
    );
    await user.selectOptions(favourite, 'Tags');
    await user.click(submit());
    await screen.findByText('2 subscriptions added.');
    expect(engine.inputsOf('subscriptions.import')).toEqual([
      {
        text: 'x',
        publicKey: sampleKeyPair().publicKey,
        mapping: { Favourite: 'tags', session_id: 'nothing' },
      },
    ]);
  });

  it('lets keys and who unsubscribed be pointed out, reads it so at once, and says what is missing or left out', async () => {
    const { user, engine } = await show({
      previewImport: ({ mapping }) =>
        importPreview({
          newCount: mapping?.['Hemlis'] === 'auth' ? 2 : 0,
          badCount: mapping?.['Hemlis'] === 'auth' ? 0 : 2,
          columns: [
            { name: 'Adr', readAs: 'Endpoint', samples: ['https://push.example/a'] },
            { name: 'Nyckel', readAs: 'Key p256dh', samples: ['04ab'] },
            { name: 'Hemlis', readAs: null, samples: ['7a56'] },
            { name: 'Borta', readAs: null, samples: ['ja'] },
          ],
        }),
      import: () => ({ addedCount: 1, updatedCount: 0, badCount: 0, unsubscribedCount: 1 }),
    });
    await user.click(text());
    await user.paste('x');
    const secret = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Hemlis becomes' });
    const gone = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Borta becomes' });
    const optionsOf = (field: HTMLSelectElement) => [...field.options].map(({ label }) => label);
    expect(screen.getByText('No column was recognized as Key auth. Choose it below.')).toBeTruthy();
    expect(optionsOf(gone)).toContain('Key auth');
    expect(optionsOf(gone)).not.toContain('Endpoint');
    await user.selectOptions(gone, 'Leave out');
    await user.selectOptions(secret, 'Key auth');
    await waitFor(() => {
      expect(figures().getAllByRole('definition')[0]?.textContent).toBe('2');
    });
    expect(screen.queryByText(/No column was recognized/)).toBeNull();
    expect(optionsOf(gone)).not.toContain('Key auth');
    expect(screen.getByText(/1 column left out:/).textContent).toBe('1 column left out: Borta');
    await user.selectOptions(gone, 'Unsubscribed');
    expect(screen.queryByText(/left out:/)).toBeNull();
    const mapping = { Hemlis: 'auth', Borta: 'unsubscribed' };
    await waitFor(() => {
      expect(engine.inputsOf('subscriptions.previewImport').at(-1)).toMatchObject({ mapping });
    });
    await user.click(submit());
    await screen.findByText(/1 subscription added/);
    expect(engine.inputsOf('subscriptions.import')).toMatchObject([{ mapping }]);
  });

  it('saves all rejected rows as a file', async () => {
    const { user, engine } = await show({
      previewImport: () =>
        importPreview({
          badCount: 2,
          reasons: [
            {
              problem: { code: 'x', cause: 'Cut.', cure: 'Export it.' },
              count: 2,
              lines: [1, 2],
              excerpt: '',
            },
          ],
        }),
      importStream: {
        open: () => STREAM,
        write: () => ({ goodCount: 0, badCount: 2 }),
        finish: () => ({ purpose: 'rejects', path: '/home/ann/rejected.csv', count: 2 }),
        cancel: () => ({ goodCount: 0, badCount: 0 }),
      },
    });
    await user.click(text());
    await user.paste('x');
    await user.click(await screen.findByRole('button', { name: 'Save rejected rows…' }));
    expect(await screen.findByText('2 rejected rows saved.')).toBeTruthy();
    expect(engine.inputsOf('subscriptions.importStream.open')).toEqual([
      { purpose: 'rejects', publicKey: null },
    ]);
  });
});
