import { screen, within } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { Link } from 'wouter';
import type { Subscription } from '../../../electron/contract/subscriptions.ts';
import { refuse, type Answers } from '../../testing/fake-engine.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { sampleSubscription } from '../../testing/samples.ts';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { PersonFields } from './PersonFields.tsx';

const ROW = sampleSubscription({
  label: 'Irene',
  externalId: 'user-7',
  tags: ['news'],
  attributes: { language: 'en', plan: 'pro' },
});

function Panel({ row }: { row: Subscription }) {
  const [isOpen, setOpen] = useState(true);
  return (
    <>
      <Link href="/elsewhere">Elsewhere</Link>
      {isOpen && (
        <SidePanel
          title="Row"
          onClose={() => {
            setOpen(false);
          }}
        >
          <PersonFields row={row} />
        </SidePanel>
      )}
    </>
  );
}

function show(update?: NonNullable<Answers['subscriptions']>['update']) {
  let row = ROW;
  const shown = renderWith(<Panel row={ROW} />, {
    answers: {
      subscriptions: {
        update:
          update ??
          (({
            attributes = {},
            label = row.label,
            externalId = row.externalId,
            addTags = [],
            removeTags = [],
          }) => {
            const tags = [...row.tags.filter((tag) => !removeTags.includes(tag)), ...addTags];
            const kept = Object.entries({ ...row.attributes, ...attributes }).filter(
              (entry): entry is [string, string] => entry[1] !== null,
            );
            row = { ...row, label, externalId, tags, attributes: Object.fromEntries(kept) };
            shown.rerender(<Panel row={row} />);
            return row;
          }),
      },
    },
  });
  return shown;
}
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const updates = ({ engine }: ReturnType<typeof show>) => engine.inputsOf('subscriptions.update');

describe('what an owner knows about somebody', () => {
  it('is kept when a field is left, once, and can be taken back', async () => {
    const shown = show();
    const { user } = shown;
    await user.clear(field('Label'));
    await user.type(field('Label'), '  Phone of Irene ');
    await user.tab();
    expect(await screen.findByText('Label saved.')).toBeTruthy();
    expect(updates(shown)).toEqual([{ id: 1, label: 'Phone of Irene', was: { label: 'Irene' } }]);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await expect
      .poll(() => updates(shown).at(-1))
      .toEqual({
        id: 1,
        label: 'Irene',
        was: { label: 'Phone of Irene' },
      });
    await expect.poll(() => field('Label').value).toBe('Irene');
  });

  it('is taken away where nothing is left of it, and not kept where nothing changed', async () => {
    const shown = show();
    const { user } = shown;
    await user.type(field('Label'), '{Enter}');
    await user.clear(field('External ID'));
    await user.keyboard('{Enter}');
    await expect
      .poll(() => updates(shown))
      .toEqual([{ id: 1, externalId: null, was: { externalId: 'user-7' } }]);
  });

  it('comes back with Escape, and the panel stays', async () => {
    const shown = show();
    await shown.user.type(field('Label'), ' and more{Escape}');
    expect(field('Label').value).toBe('Irene');
    expect(screen.getByRole('dialog')).toBeTruthy();
    expect(updates(shown)).toEqual([]);
  });

  it('stays as it was typed where it is refused, by us or by the engine, and is asked about on the way out', async () => {
    const shown = show(() => refuse({ code: 'full', cause: 'The disk is full.', cure: 'Make room.' }));
    const { user, path } = shown;
    await user.clear(field('Label'));
    await user.type(field('Label'), 'x'.repeat(201));
    await user.tab();
    expect(await screen.findByText('Use at most 200 characters.')).toBeTruthy();
    expect(updates(shown)).toEqual([]);
    await user.clear(field('Label'));
    await user.type(field('Label'), 'Ada{Enter}');
    expect(await screen.findByText('The disk is full. Make room.')).toBeTruthy();
    expect(field('Label').value).toBe('Ada');
    await user.click(screen.getByRole('link', { name: 'Elsewhere' }));
    await user.click(await screen.findByRole('button', { name: 'Keep editing' }));
    expect(path()).toBe('/');
    expect(field('Label').value).toBe('Ada');
  });

  it('stays as it was typed where another window has changed it since, and replaces that once it was told', async () => {
    const shown = show(({ was }) =>
      was?.label === 'Ada'
        ? ROW
        : refuse({ code: 'changed-elsewhere', cause: 'This was changed to “Ada”.', cure: 'Save again.' }),
    );
    const { user } = shown;
    await user.clear(field('Label'));
    await user.type(field('Label'), 'Grace');
    shown.rerender(<Panel row={{ ...ROW, label: 'Ada' }} />);
    await user.keyboard('{Enter}');
    expect(await screen.findByText('This was changed to “Ada”. Save again.')).toBeTruthy();
    expect(field('Label').value).toBe('Grace');
    await user.type(field('Label'), '{Enter}');
    await expect.poll(() => updates(shown).at(-1)).toEqual({ id: 1, label: 'Grace', was: { label: 'Ada' } });
  });

  it('has tags that are added and taken off', async () => {
    const shown = show();
    const { user } = shown;
    await user.type(screen.getByLabelText('Tags', { selector: 'input' }), 'VIP{Enter}');
    await expect.poll(() => updates(shown)).toEqual([{ id: 1, addTags: ['VIP'], removeTags: [], was: {} }]);
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await expect
      .poll(() => updates(shown).at(-1))
      .toEqual({
        id: 1,
        addTags: [],
        removeTags: ['VIP'],
        was: {},
      });
  });
});

describe('the attributes of somebody', () => {
  const attributes = () => within(screen.getByRole('group', { name: 'Attributes' }));

  it('have the names of ours in words, and are changed and removed', async () => {
    const shown = show();
    const { user } = shown;
    await user.clear(field('Language'));
    await user.type(field('Language'), 'de-CH{Enter}');
    await expect
      .poll(() => updates(shown))
      .toEqual([{ id: 1, attributes: { language: 'de-CH' }, was: { attributes: { language: 'en' } } }]);
    await user.click(screen.getByRole('button', { name: 'Remove plan' }));
    await expect
      .poll(() => updates(shown).at(-1))
      .toEqual({
        id: 1,
        attributes: { plan: null },
        was: { attributes: { plan: 'pro' } },
      });
    await expect.poll(() => attributes().queryByRole('textbox', { name: 'plan' })).toBeNull();
  });

  it('are added under a name that a variable can have', async () => {
    const shown = show();
    const { user } = shown;
    await user.click(screen.getByRole('button', { name: 'Add attribute' }));
    await user.keyboard('1st');
    await user.type(field('Value of the attribute'), 'Oslo{Enter}');
    expect(await screen.findByText(/begin with a letter/)).toBeTruthy();
    await user.clear(field('Name of the attribute'));
    await user.type(field('Name of the attribute'), 'plan{Enter}');
    expect(await screen.findByText('This attribute is already set.')).toBeTruthy();
    await user.clear(field('Name of the attribute'));
    await user.type(field('Name of the attribute'), 'city{Enter}');
    await expect
      .poll(() => updates(shown))
      .toEqual([{ id: 1, attributes: { city: 'Oslo' }, was: { attributes: { city: null } } }]);
    expect(await attributes().findByRole('textbox', { name: 'city' })).toBeTruthy();
  });
});
