import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { templateIdSchema } from '../../../../electron/contract/ids.ts';
import type { Template } from '../../../../electron/contract/templates.ts';
import { draftAnswers } from '../../../testing/draft-answers.ts';
import { refuse, type Answers } from '../../../testing/fake-engine.ts';
import { renderWith } from '../../../testing/render-with.tsx';
import { MOMENT } from '../../../testing/samples.ts';
import { TemplatesMenu } from './TemplatesMenu.tsx';

const template = (id: number, name: string): Template => ({
  id: templateIdSchema.parse(id),
  name,
  message: { title: `From ${name}` },
  updatedAt: MOMENT,
});
const SALE = template(1, 'Sale');
const WRITTEN = { title: 'Hello {{city}}', body: 'World' };

function show(kept: readonly Template[] = [SALE], change: Answers['templates'] = {}, canSave = true) {
  return renderWith(<TemplatesMenu message={() => WRITTEN} canSave={canSave} icon={null} />, {
    answers: {
      drafts: draftAnswers(null),
      templates: {
        list: () => ({ items: [...kept] }),
        get: () => SALE,
        create: ({ name, message }) => ({ ...template(9, name), message }),
        update: () => SALE,
        remove: () => ({ removed: true }),
        restore: () => SALE,
        ...change,
      },
    },
  });
}

async function open({ user }: ReturnType<typeof show>, item: string) {
  await user.click(screen.getByRole('button', { name: 'Templates' }));
  await user.click(await screen.findByRole('menuitem', { name: item }));
}
const dialog = async (name: string) => within(await screen.findByRole('dialog', { name }));

it('starts a new draft from a template', async () => {
  const shown = show();
  await open(shown, 'Sale');
  await expect
    .poll(() => shown.engine.inputsOf('drafts.create'))
    .toMatchObject([{ message: { title: 'From Sale' } }]);
  expect(shown.path()).toBe('/compose');
});

it('saves the message under its title or another name, variables as they are written', async () => {
  const shown = show();
  await open(shown, 'Save as template');
  const asked = await dialog('Save as template');
  expect(asked.getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('Hello {{city}}');
  await shown.user.clear(asked.getByRole('textbox', { name: 'Name' }));
  await shown.user.paste('Welcome');
  await shown.user.click(asked.getByRole('button', { name: 'Save template' }));
  await expect
    .poll(() => shown.engine.inputsOf('templates.create'))
    .toEqual([{ name: 'Welcome', message: WRITTEN }]);
});

it('replaces one of that name only after the button says so', async () => {
  const shown = show();
  await open(shown, 'Save as template');
  const asked = await dialog('Save as template');
  await shown.user.clear(asked.getByRole('textbox', { name: 'Name' }));
  await shown.user.paste('sALE');
  await shown.user.click(asked.getByRole('button', { name: 'Replace template' }));
  await expect
    .poll(() => shown.engine.inputsOf('templates.update'))
    .toEqual([{ id: SALE.id, message: WRITTEN, was: { updatedAt: SALE.updatedAt } }]);
  expect(shown.engine.inputsOf('templates.create')).toEqual([]);
});

it('replaces one that was changed elsewhere meanwhile only after it has said so', async () => {
  const cause = 'This was changed elsewhere while you were editing it.';
  const shown = show([SALE], {
    update: ({ was }) =>
      was === undefined ? SALE : refuse({ code: 'changed-elsewhere', cause, cure: 'Save again.' }),
  });
  await open(shown, 'Save as template');
  const asked = await dialog('Save as template');
  await shown.user.clear(asked.getByRole('textbox', { name: 'Name' }));
  await shown.user.paste('Sale');
  const press = asked.getByRole('button', { name: 'Replace template' });
  await shown.user.click(press);
  expect(await asked.findByText(cause, { exact: false })).toBeTruthy();
  await shown.user.click(press);
  await expect
    .poll(() => shown.engine.inputsOf('templates.update').at(-1))
    .toEqual({ id: SALE.id, message: WRITTEN });
});

it('keeps the dialog and says why a template could not be saved', async () => {
  const shown = show([], {
    create: () => refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }),
  });
  await open(shown, 'Save as template');
  const asked = await dialog('Save as template');
  await shown.user.click(asked.getByRole('button', { name: 'Save template' }));
  expect(await asked.findByText('The disk is full.', { exact: false })).toBeTruthy();
});

it('deletes one with a way back', async () => {
  const shown = show();
  await open(shown, 'Manage templates');
  await shown.user.click((await dialog('Manage templates')).getByRole('button', { name: 'Delete Sale' }));
  await shown.user.click(await screen.findByRole('button', { name: 'Undo' }));
  await expect.poll(() => shown.engine.inputsOf('templates.restore')).toEqual([{ id: SALE.id }]);
});

it('saves nothing while nothing is written', async () => {
  const { user } = show([], {}, false);
  await user.click(screen.getByRole('button', { name: 'Templates' }));
  const item = await screen.findByRole('menuitem', { name: 'Save as template' });
  expect(item.getAttribute('data-disabled')).not.toBeNull();
});
