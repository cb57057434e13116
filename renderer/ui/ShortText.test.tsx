import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderWith } from '../testing/render-with.tsx';
import { ShortText } from './ShortText.tsx';

it('a shortened text is whole on hover and in the clipboard, with what cannot be seen written out', async () => {
  const { user } = renderWith(
    <ShortText
      short={'push.example/\u202E…z'}
      full={'https://push.example/\u202Exyz'}
      copyLabel="Copy endpoint"
    />,
  );
  await user.hover(screen.getByText('push.example/\\u202E…z'));
  expect((await screen.findByRole('tooltip')).textContent).toBe('https://push.example/\\u202Exyz');
  await user.click(screen.getByRole('button', { name: 'Copy endpoint' }));
  expect(await navigator.clipboard.readText()).toBe('https://push.example/\\u202Exyz');
});
