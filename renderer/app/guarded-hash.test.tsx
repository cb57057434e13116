import { act, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { beforeEach, expect, it } from 'vitest';
import { Link, Route } from 'wouter';
import { renderWith } from '../testing/render-with.tsx';
import { Dialog } from '../ui/Dialog.tsx';
import { useHeldWork } from '../ui/held-work.ts';
import { SidePanel } from '../ui/SidePanel.tsx';
import { GuardedRouter } from './GuardedRouter.tsx';

function Edited() {
  useHeldWork('Discard your changes?');
  return <p>Edited</p>;
}

function Keys({ inDialog }: { inDialog: boolean }) {
  const [isOpen, setOpen] = useState(true);
  const close = () => {
    setOpen(false);
  };
  return (
    <>
      <h1>Keys</h1>
      <Link href="/server">To Server</Link>
      {isOpen && inDialog && (
        <Dialog title="Import" opened onClose={close}>
          <Edited />
        </Dialog>
      )}
      {isOpen && !inDialog && (
        <SidePanel title="Shop" onClose={close}>
          <Edited />
        </SidePanel>
      )}
    </>
  );
}

/** A window on Keys, where something is being edited. */
function standOnKeys({ inDialog = false, isEditing = true } = {}) {
  location.hash = '#/keys';
  return renderWith(
    <GuardedRouter>
      <Route path="/keys">{isEditing ? <Keys inDialog={inDialog} /> : <h1>Keys</h1>}</Route>
      <Route path="/server">
        <h1>Server</h1>
      </Route>
      <Route path="/settings">
        <h1>Settings</h1>
      </Route>
    </GuardedRouter>,
  ).user;
}

/** What the menu and a second start do: the same page with another fragment. */
const goOutside = async (path: string) => {
  await act(async () => {
    const changed = new Promise((resolve) => {
      window.addEventListener('hashchange', resolve, { once: true });
    });
    location.hash = path;
    await changed;
  });
};
const screenName = () => screen.getByRole('heading', { level: 1, hidden: true }).textContent;

beforeEach(() => {
  history.replaceState(null, '', '#/');
});

it('follows the menu where nothing is lost', async () => {
  standOnKeys({ isEditing: false });
  await goOutside('#/server');
  expect(screenName()).toBe('Server');
  await goOutside('#/settings');
  expect(screenName()).toBe('Settings');
});

it.each([
  ['a panel', false],
  ['a dialog', true],
])('asks before the menu throws away what %s holds, and stays meanwhile', async (_, inDialog) => {
  const user = standOnKeys({ inDialog });
  await goOutside('#/server');
  expect(screenName()).toBe('Keys');
  expect(location.hash).toBe('#/keys');
  await user.click(await screen.findByRole('button', { name: 'Keep editing' }));
  expect(screen.getByText('Edited')).toBeTruthy();
  expect(screenName()).toBe('Keys');

  await goOutside('#/server');
  await user.click(await screen.findByRole('button', { name: 'Discard' }));
  await waitFor(() => {
    expect(screenName()).toBe('Server');
  });
  expect(location.hash).toBe('#/server');
});

it('asks about back as well, and then goes where it led', async () => {
  const user = standOnKeys({ isEditing: true });
  await act(async () => {
    history.pushState(null, '', '#/settings');
    history.pushState(null, '', '#/keys');
    const changed = new Promise((resolve) => {
      window.addEventListener('hashchange', resolve, { once: true });
    });
    history.back();
    await changed;
  });
  expect(screenName()).toBe('Keys');
  await user.click(await screen.findByRole('button', { name: 'Discard' }));
  await waitFor(() => {
    expect(screenName()).toBe('Settings');
  });
});

it('asks once about a link, and the last way out that was taken is where discarding leads', async () => {
  const user = standOnKeys();
  await user.click(screen.getByRole('link', { name: 'To Server' }));
  expect(await screen.findByRole('button', { name: 'Keep editing' })).toBeTruthy();
  await goOutside('#/settings');
  expect(screen.getAllByRole('button', { name: 'Keep editing' })).toHaveLength(1);
  await user.click(screen.getByRole('button', { name: 'Discard' }));
  await waitFor(() => {
    expect(screenName()).toBe('Settings');
  });
});
