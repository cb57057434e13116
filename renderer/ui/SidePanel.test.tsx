import { screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { renderWith } from '../testing/render-with.tsx';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { useHeldWork } from './held-work.ts';
import { SidePanel } from './SidePanel.tsx';

function List({ held = null }: { held?: string | null }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        onClick={() => {
          setOpen(true);
        }}
      >
        Row 1
      </button>
      {isOpen && (
        <SidePanel
          title="Row 1"
          onClose={() => {
            setOpen(false);
          }}
        >
          <Content held={held} />
        </SidePanel>
      )}
    </>
  );
}

function Content({ held }: { held: string | null }) {
  const [isAsking, setAsking] = useState(false);
  useHeldWork(held);
  return (
    <>
      <button
        type="button"
        onClick={() => {
          setAsking(true);
        }}
      >
        Remove
      </button>
      <ConfirmDialog
        opened={isAsking}
        title="Remove it?"
        actLabel="Remove row"
        leaveLabel="Keep"
        onAct={() => undefined}
        onLeave={() => {
          setAsking(false);
        }}
      >
        Text
      </ConfirmDialog>
    </>
  );
}

async function open(held: string | null = null) {
  const { user } = renderWith(<List held={held} />);
  await user.click(screen.getByRole('button', { name: 'Row 1' }));
  return user;
}

const panel = () => screen.queryByRole('dialog', { name: 'Row 1' });

describe('a panel', () => {
  it('takes the focus, leaves the list in reach, and gives the focus back after Escape', async () => {
    const user = await open();
    expect(document.activeElement).toBe(panel());
    expect(screen.getByRole('button', { name: 'Row 1' })).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(panel()).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Row 1' }));
  });

  it('stays when Escape was meant for a question that it asks', async () => {
    const user = await open();
    await user.click(screen.getByRole('button', { name: 'Remove' }));
    await screen.findByRole('dialog', { name: 'Remove it?' });
    await user.keyboard('{Escape}');
    await expect.poll(() => screen.queryByRole('dialog', { name: 'Remove it?' })).toBeNull();
    expect(panel()).not.toBeNull();
  });

  it('asks before it throws changes away', async () => {
    const user = await open('Discard your changes?');
    await user.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.getByRole('group', { name: 'Discard your changes?' })).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(panel()).toBeNull();
  });
});

describe('the width of a panel', () => {
  const edge = () => screen.getByRole('separator', { name: 'Width of the details' });

  it('is changed by the arrows on its edge, within bounds, and is there for the next panel', async () => {
    const { user } = renderWith(<List />);
    await user.click(screen.getByRole('button', { name: 'Row 1' }));
    expect(screen.getByRole('dialog').style.width).toBe('');
    edge().focus();
    await user.keyboard('{ArrowRight}{ArrowRight}');
    expect(screen.getByRole('dialog').style.width).toBe('780px');
    await user.keyboard('{ArrowLeft}{ArrowLeft}{ArrowLeft}');
    expect([screen.getByRole('dialog').style.width, edge().getAttribute('aria-valuenow')]).toEqual([
      '800px',
      '800',
    ]);
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: 'Row 1' }));
    expect(screen.getByRole('dialog').style.width).toBe('800px');
  });

  it('follows the pointer that draws its edge', async () => {
    const { user } = renderWith(<List />);
    await user.click(screen.getByRole('button', { name: 'Row 1' }));
    edge().setPointerCapture = () => undefined;
    await user.pointer([
      { keys: '[MouseLeft>]', target: edge(), coords: { clientX: 600 } },
      { target: edge(), coords: { clientX: 700 } },
    ]);
    expect(screen.getByRole('dialog').style.width).toBe('500px');
    await user.pointer([{ keys: '[/MouseLeft]', target: edge(), coords: { clientX: 700 } }]);
    expect(screen.getByRole('dialog').style.width).toBe('500px');
  });
});
