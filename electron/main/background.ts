import { Menu, Tray, dialog, type BrowserWindow } from 'electron';
import { createClosing, type Closing, type ClosingQuestion } from './closing.ts';
import { focusWindow } from './main-window.ts';
import { hasTrayHost } from './tray-host.ts';
import type { UnderWay } from './under-way.ts';

/** How often the app checks whether it is done, while its window is hidden. */
const LOOK_EVERY_MS = 2000;

/** Ties the decision on how to close to the real window, the system's tray, and the ways in which a system ends a program. */
export function watchClosing(options: {
  window: BrowserWindow;
  underWay: UnderWay;
  icon: string;
  /** Used where more than one may be in the background. */
  name: () => string;
  /** Nothing prevents closing it any more. */
  onLeave: () => void;
  /** The person wants it to stay. */
  onKept: () => void;
  onHidden: () => void;
}): Closing & { isHidden: () => boolean } {
  const { window, underWay } = options;
  let tray: Tray | null = null;
  let isHidden = false;

  const removeTray = () => {
    isHidden = false;
    tray?.destroy();
    tray = null;
  };
  const addTray = async () => {
    if (process.platform === 'linux' && !(await hasTrayHost())) return;
    if (!isHidden) return;
    tray ??= createTray(options.icon, options.name(), {
      open: () => {
        closing.reopen();
      },
    });
  };
  const show = () => {
    removeTray();
    if (!window.isDestroyed()) focusWindow(window);
  };
  const closing = createClosing({
    findWork: () => underWay.find(),
    pauseCampaigns: () => underWay.pauseCampaigns(),
    async ask(question) {
      const choice = await askIn(window, question);
      if (choice === 'cancel') options.onKept();
      return choice;
    },
    hide() {
      if (!window.isDestroyed()) window.hide();
      isHidden = true;
      void addTray();
      options.onHidden();
    },
    show,
    quit() {
      removeTray();
      options.onLeave();
    },
    repeat(run) {
      const timer = setInterval(run, LOOK_EVERY_MS);
      return () => {
        clearInterval(timer);
      };
    },
  });

  window.on('close', (event) => {
    if (closing.mayQuit()) options.onLeave();
    else event.preventDefault();
  });
  window.on('query-session-end', () => {
    closing.insist();
  });
  return { ...closing, isHidden: () => isHidden };
}

async function askIn(window: BrowserWindow, { message, detail, buttons }: ClosingQuestion) {
  const cancel = buttons.length - 1;
  const options = {
    type: 'question' as const,
    message,
    detail,
    buttons: buttons.map(({ label }) => label),
    defaultId: 0,
    cancelId: cancel,
    noLink: true,
  };
  const isVisible = !window.isDestroyed() && window.isVisible();
  const answer = await (isVisible ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  return (buttons[answer.response] ?? buttons[cancel])?.choice ?? 'cancel';
}

/** Where the system has no tray, a second start of Pushdesk shows the window all the same. */
function createTray(icon: string, name: string, actions: { open: () => void }): Tray | null {
  try {
    const tray = new Tray(icon);
    tray.setToolTip(`${name} is sending`);
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: 'Open Pushdesk', click: actions.open },
        { role: 'quit', label: 'Quit' },
      ]),
    );
    tray.on('click', actions.open);
    return tray;
  } catch {
    return null;
  }
}
