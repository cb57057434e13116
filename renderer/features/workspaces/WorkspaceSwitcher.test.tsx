import { act, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fakeWorkspaces, homeWorkspace, refuseWith, shopWorkspace } from '../../testing/fake-workspaces.ts';
import { renderWith } from '../../testing/render-with.tsx';
import { WorkspaceSwitcher } from './WorkspaceSwitcher.tsx';

function shownWith(...args: Parameters<typeof fakeWorkspaces>) {
  const app = fakeWorkspaces(...args);
  const rendered = renderWith(<WorkspaceSwitcher isFolded={false} mark={null} />, {
    workspaces: app.connection,
  });
  return { app, ...rendered };
}

describe('the workspace above the navigation', () => {
  it('is named, with where it is, and leads to the others', async () => {
    const { app, user } = shownWith({ known: [homeWorkspace, { ...shopWorkspace, isOpen: false }] });
    await user.click(screen.getByRole('button', { name: 'Workspace: This computer' }));
    const shop = await screen.findByRole('menuitem', { name: /push\.example\.org/ });
    expect(screen.getByRole('menuitem', { name: /This computer/ }).textContent).toContain(
      homeWorkspace.place,
    );
    await user.click(shop);
    expect(app.calls).toEqual([{ name: 'open', input: { id: shopWorkspace.id } }]);
  });

  it('is the name of the app where there is no app around the window', () => {
    renderWith(<WorkspaceSwitcher isFolded={false} mark={null} />);
    screen.getByText('Pushdesk');
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('says why another one did not open', async () => {
    const { user } = shownWith(
      {},
      { open: () => refuseWith({ code: 'x', cause: 'It is gone.', cure: 'Open it again.' }) },
    );
    await user.click(screen.getByRole('button', { name: /^Workspace/ }));
    await user.click(await screen.findByRole('menuitem', { name: /push\.example\.org/ }));
    await screen.findByText('It is gone. Open it again.');
  });
});

describe('the dialog', () => {
  it('opens from the menu of the app, each time it is asked for, and not for what an earlier page was asked', async () => {
    const { app, user } = shownWith({ asked: 3 });
    expect(screen.queryByRole('dialog')).toBeNull();
    act(() => {
      app.show({ asked: 4 });
    });
    await screen.findByRole('dialog', { name: 'Open workspace' });
    await user.keyboard('{Escape}');
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
    act(() => {
      app.show({ asked: 5 });
    });
    await screen.findByRole('dialog');
  });

  it('opens the folder that was chosen, and says why it cannot', async () => {
    let answer: () => unknown = () =>
      refuseWith({ code: 'x', cause: 'The folder holds letters.', cure: 'Choose an empty one.' });
    const { app, user } = shownWith(
      {},
      { chooseFolder: () => ({ path: '/data/shop' }), openFolder: () => answer() },
    );
    act(() => {
      app.show({ asked: 1 });
    });
    await user.click(await screen.findByRole('button', { name: 'Choose folder…' }));
    await screen.findByText('/data/shop');
    const open = screen.getByRole('button', { name: 'Open' });
    await user.click(open);
    await screen.findByText('The folder holds letters.');
    answer = () => ({ id: 'x' });
    await user.click(open);
    await expect.poll(() => screen.queryByRole('dialog')).toBeNull();
    expect(app.calls.at(-1)).toEqual({ name: 'openFolder', input: { path: '/data/shop' } });
  });

  it('opens nothing where no folder was chosen', async () => {
    const { app, user } = shownWith({}, { chooseFolder: () => ({ path: null }) });
    act(() => {
      app.show({ asked: 1 });
    });
    await user.click(await screen.findByRole('button', { name: 'Choose folder…' }));
    screen.getByText('No folder chosen');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Open' }).disabled).toBe(true);
  });
});

describe('the list of workspaces', () => {
  const closed = { ...shopWorkspace, isOpen: false };

  it('renames one and takes one off, but not one that is open, and not that of the app', async () => {
    const open = { ...shopWorkspace, id: 'x', name: 'Open one' };
    const { app, user } = shownWith(
      { known: [homeWorkspace, closed, open] },
      { rename: () => ({ id: closed.id }), forget: () => ({ id: closed.id }) },
    );
    await user.click(screen.getByRole('button', { name: /^Workspace/ }));
    await user.click(await screen.findByRole('menuitem', { name: 'Manage workspaces…' }));
    await screen.findByRole('dialog', { name: 'Manage workspaces' });
    expect(screen.getAllByRole('button', { name: /^Remove/ })).toHaveLength(1);
    const name = screen.getByLabelText('Name of push.example.org');
    await user.clear(name);
    await user.type(name, 'The shop{Enter}');
    await user.click(screen.getByRole('button', { name: 'Remove push.example.org' }));
    expect(app.calls).toEqual([
      { name: 'rename', input: { id: closed.id, name: 'The shop' } },
      { name: 'forget', input: { id: closed.id } },
    ]);
  });
});
