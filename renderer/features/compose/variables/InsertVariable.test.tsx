import { TextInput } from '@mantine/core';
import { screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { renderWith } from '../../../testing/render-with.tsx';
import { InsertVariable } from './InsertVariable.tsx';

function Field() {
  const [value, setValue] = useState('Hi , hello');
  return (
    <TextInput
      id="field"
      label="Title"
      value={value}
      onChange={(event) => {
        setValue(event.currentTarget.value);
      }}
      rightSection={<InsertVariable field="field" label="Title" value={value} onChange={setValue} />}
    />
  );
}

it('puts a variable at the caret, from those that there are with how many have each', async () => {
  const { user } = renderWith(<Field />, {
    answers: {
      audience: {
        attributes: {
          list: () => ({
            items: [
              { name: 'plan', count: 3, values: [], hasMoreValues: false },
              { name: 'city', count: 1200, values: [], hasMoreValues: false },
            ],
          }),
        },
      },
    },
  });
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Title' });
  field.focus();
  field.setSelectionRange(3, 3);
  const choose = async (name: string) => {
    await user.click(screen.getByRole('button', { name: 'Insert a variable into Title' }));
    await user.click(await screen.findByRole('menuitem', { name }));
  };
  await choose('city1,200');
  await expect.poll(() => field.value).toBe('Hi {{city}}, hello');
  await expect.poll(() => [document.activeElement, field.selectionStart]).toEqual([field, 11]);
  // What is selected is replaced.
  field.setSelectionRange(13, 18);
  await choose('External ID');
  await expect.poll(() => field.value).toBe('Hi {{city}}, {{externalId}}');
});
