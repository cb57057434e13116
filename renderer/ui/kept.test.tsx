import { screen } from '@testing-library/react';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { renderWith } from '../testing/render-with.tsx';
import { useKept } from './kept.tsx';
import { useViewChoice } from './view-choice.ts';

function Counter() {
  const [count, setCount] = useKept('count', 0);
  const [width, setWidth] = useViewChoice('test-width', (kept) => (typeof kept === 'number' ? kept : 100));
  return (
    <button
      type="button"
      onClick={() => {
        setCount(count + 1);
        setWidth(width + 10);
      }}
    >
      {count} times, {width} wide
    </button>
  );
}

function Screens() {
  const [isThere, setThere] = useState(true);
  return (
    <>
      {isThere && <Counter />}
      <button
        type="button"
        onClick={() => {
          setThere(!isThere);
        }}
      >
        Turn
      </button>
    </>
  );
}

it('keeps what a screen holds while it is away, and a choice of view for good', async () => {
  localStorage.setItem('pushdesk.view.test-width', 'not JSON');
  const { user } = renderWith(<Screens />);
  await user.click(screen.getByRole('button', { name: '0 times, 100 wide' }));
  await user.click(screen.getByRole('button', { name: 'Turn' }));
  await user.click(screen.getByRole('button', { name: 'Turn' }));
  expect(screen.getByRole('button', { name: '1 times, 110 wide' })).toBeTruthy();
  expect(localStorage.getItem('pushdesk.view.test-width')).toBe('110');
});
