import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { menuTemplate } from './menu.ts';

function menu(
  platform: NodeJS.Platform,
  { packaged = true, showLicences = null as (() => void) | null } = {},
) {
  const actions = {
    openScreen: vi.fn(),
    openDataFolder: vi.fn(),
    backUp: vi.fn(),
    openWorkspace: vi.fn(),
    openRecent: vi.fn(),
    showLicences,
  };
  const recent = [{ id: 'a', name: 'Salt & Pepper', place: '/data/salt' }];
  const template = menuTemplate({ platform, packaged, recent, actions });
  const itemsOf = (name: string): MenuItemConstructorOptions[] => {
    const found = template.find(({ label, role }) => label === name || role === name);
    return (found?.submenu ?? []) as MenuItemConstructorOptions[];
  };
  return { itemsOf, actions };
}

function press(item: MenuItemConstructorOptions | undefined) {
  const click = item?.click as (() => void) | undefined;
  click?.();
}

describe('the menu', () => {
  it.each(['linux', 'darwin', 'win32'] as const)(
    'shows the licences where there are any, on %s',
    (platform) => {
      const showLicences = vi.fn();
      const item = menu(platform, { showLicences })
        .itemsOf('help')
        .find(({ label }) => label === 'Licences');
      press(item);
      expect(showLicences).toHaveBeenCalledOnce();
      expect(menu(platform).itemsOf('help')).not.toContainEqual(
        expect.objectContaining({ label: 'Licences' }),
      );
    },
  );

  it('opens workspaces that were open before, by their names', () => {
    const { itemsOf, actions } = menu('linux');
    const recent = itemsOf('File').find(({ label }) => label === 'Open recent');
    const [item] = (recent?.submenu ?? []) as MenuItemConstructorOptions[];
    expect(item?.label).toBe('Salt && Pepper (/data/salt)');
    press(item);
    expect(actions.openRecent).toHaveBeenCalledExactlyOnceWith('a');
  });

  it('backs up the workspace', () => {
    const { itemsOf, actions } = menu('darwin');
    const item = itemsOf('File').find(({ label }) => label === 'Back up workspace…');
    press(item);
    expect(actions.backUp).toHaveBeenCalledOnce();
  });

  it('has no tools of developers in an installed app', () => {
    const roles = (packaged: boolean) =>
      menu('linux', { packaged })
        .itemsOf('View')
        .map(({ role }) => role);
    expect(roles(true)).not.toContain('toggleDevTools');
    expect(roles(true)).not.toContain('reload');
    expect(roles(false)).toContain('toggleDevTools');
  });
});
