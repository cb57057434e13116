import { screen, within } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { EMPTY_FIELDS, type MessageFields } from '../../../compose-draft/composition.ts';
import { refuse, type Answers } from '../../../testing/fake-engine.ts';
import { renderWith } from '../../../testing/render-with.tsx';
import { FillFromPage } from './FillFromPage.tsx';

const FACTS = {
  title: 'Sale',
  description: 'Half price today',
  imageUrl: 'https://shop.example/a.jpg',
  url: 'https://shop.example/sale',
};

function Compose({ initial, language = '' }: { initial: MessageFields; language?: string }) {
  const [fields, setFields] = useState(initial);
  return (
    <>
      <FillFromPage
        fields={fields}
        language={language}
        onFill={(change) => {
          setFields({ ...fields, ...change });
        }}
      />
      <output>{[fields.title, fields.body, fields.url, fields.imageUrl].join('|')}</output>
    </>
  );
}

async function show(
  written: Partial<MessageFields> = {},
  campaigns: Answers['campaigns'] = {},
  language = '',
) {
  const rendered = renderWith(<Compose initial={{ ...EMPTY_FIELDS, ...written }} language={language} />, {
    answers: { campaigns: { readPage: () => FACTS, ...campaigns } },
  });
  await rendered.user.click(screen.getByRole('button', { name: 'Fill from a page' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Fill from a page' }));
  const read = async (address: string) => {
    await rendered.user.click(dialog.getByRole('textbox', { name: 'Address of the page' }));
    await rendered.user.paste(address);
    await rendered.user.click(dialog.getByRole('button', { name: 'Read page' }));
  };
  return { ...rendered, dialog, read };
}
const kept = () => screen.getByRole('status', { hidden: true }).textContent;

describe('filling a message from a page', () => {
  it('asks for the page once, says so before, and fills what is empty', async () => {
    const { user, engine, dialog, read } = await show();
    expect(dialog.getByText(/requests this page once/)).toBeTruthy();
    await read('shop.example/sale');
    await user.click(await dialog.findByRole('button', { name: 'Fill 4 fields' }));
    expect(engine.inputsOf('campaigns.readPage')).toEqual([{ url: 'https://shop.example/sale' }]);
    await expect
      .poll(kept)
      .toBe('Sale|Half price today|https://shop.example/sale|https://shop.example/a.jpg');
  });

  it('replaces what was typed only where the person says so', async () => {
    const { user, dialog, read } = await show({ title: 'Mine', body: 'Also mine' });
    await read('https://shop.example/sale');
    const title = await dialog.findByRole<HTMLInputElement>('checkbox', { name: 'Title' });
    expect(title.checked).toBe(false);
    expect(title.closest('fieldset')?.textContent).toContain('Replaces “Mine”');
    await user.click(dialog.getByRole('checkbox', { name: 'Body' }));
    await user.click(dialog.getByRole('checkbox', { name: 'Image URL' }));
    await user.click(dialog.getByRole('button', { name: 'Fill 2 fields' }));
    await expect.poll(kept).toBe('Mine|Half price today|https://shop.example/sale|');
  });

  it('says which language it fills', async () => {
    const { dialog } = await show({}, {}, 'de');
    expect(dialog.getByText(/^Fills the texts in German\./)).toBeTruthy();
  });

  it('says why the page cannot be read, and changes nothing', async () => {
    const { dialog, read } = await show(
      { title: 'Mine' },
      {
        readPage: () => refuse({ code: 'page-not-read', cause: 'It answered with 404.', cure: 'Check it.' }),
      },
    );
    await read('https://shop.example/none');
    expect(await dialog.findByText(/It answered with 404\./)).toBeTruthy();
    expect(kept()).toBe('Mine|||');
  });

  it('asks for nothing that is no web address', async () => {
    const { user, dialog, engine } = await show();
    await user.click(dialog.getByRole('textbox', { name: 'Address of the page' }));
    await user.paste('ftp://shop.example/');
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Read page' }).disabled).toBe(true);
    expect(engine.inputsOf('campaigns.readPage')).toEqual([]);
  });
});
