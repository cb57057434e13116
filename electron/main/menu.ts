import type { MenuItemConstructorOptions } from 'electron';
import { NEW_MESSAGE_PATH, SCREENS, type ScreenPath } from '../contract/screens.ts';

export interface MenuActions {
  openScreen(path: ScreenPath | typeof NEW_MESSAGE_PATH): void;
  openDataFolder(): void;
  backUp(): void;
  openWorkspace(): void;
  openRecent(id: string): void;
  /** `null` where there are none to show: when run from the sources. */
  showLicences: (() => void) | null;
}

/** The application menu: the standard items, and the screens with Ctrl or Cmd and their number. */
export function menuTemplate(options: {
  platform: NodeJS.Platform;
  packaged: boolean;
  /** The workspaces that the app knows. */
  recent: readonly { id: string; name: string; place: string }[];
  actions: MenuActions;
}): MenuItemConstructorOptions[] {
  const { platform, packaged, actions, recent } = options;
  const isMac = platform === 'darwin';
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const screen = (
    label: string,
    path: Parameters<MenuActions['openScreen']>[0],
    accelerator: string,
  ): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => {
      actions.openScreen(path);
    },
  });
  const openDataFolder: MenuItemConstructorOptions = {
    label: 'Open data folder',
    click: () => {
      actions.openDataFolder();
    },
  };
  const licences: MenuItemConstructorOptions[] =
    actions.showLicences === null ? [] : [{ label: 'Licences', click: actions.showLicences }];
  const settings = screen('Settings…', '/settings', 'CmdOrCtrl+,');
  return [
    ...(isMac
      ? [
          {
            role: 'appMenu' as const,
            submenu: [
              { role: 'about' as const },
              separator,
              settings,
              separator,
              { role: 'services' as const },
              separator,
              { role: 'hide' as const },
              { role: 'hideOthers' as const },
              { role: 'unhide' as const },
              separator,
              { role: 'quit' as const },
            ],
          },
        ]
      : []),
    {
      label: 'File',
      submenu: [
        screen('New message', NEW_MESSAGE_PATH, 'CmdOrCtrl+N'),
        separator,
        {
          label: 'Open workspace…',
          accelerator: 'CmdOrCtrl+O',
          click: () => {
            actions.openWorkspace();
          },
        },
        {
          label: 'Open recent',
          submenu: recent.map(({ id, name, place }) => ({
            label: menuText(`${name} (${place})`),
            click: () => {
              actions.openRecent(id);
            },
          })),
        },
        separator,
        {
          label: 'Back up workspace…',
          click: () => {
            actions.backUp();
          },
        },
        openDataFolder,
        ...(isMac ? [{ role: 'close' as const }] : [settings, separator, { role: 'quit' as const }]),
      ],
    },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        ...Object.values(SCREENS).map(({ name, path }, at) => screen(name, path, `CmdOrCtrl+${at + 1}`)),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        separator,
        { role: 'togglefullscreen' },
        ...(packaged ? [] : [separator, { role: 'reload' as const }, { role: 'toggleDevTools' as const }]),
      ],
    },
    { role: 'windowMenu' },
    { role: 'help', submenu: [...licences, isMac ? openDataFolder : { role: 'about' }] },
  ];
}

/** In a label `&` marks a shortcut key; in a name it is just the character. */
const menuText = (text: string) => text.replace(/\p{C}/gu, '').slice(0, 100).replaceAll('&', '&&');
