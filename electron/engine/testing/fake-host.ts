import type { KeyRingStatus } from '../../contract/host.ts';
import type { Host } from '../base/host.ts';

export interface FakeHost extends Host {
  /** Files that the person saved, by name. */
  saved: Map<string, string>;
  /** How often the person was asked to unlock the key ring. */
  asked: string[];
  opened: string[];
  appearances: string[];
  /** Secrets that were shown or copied where the page cannot reach them. */
  secrets: string[];
  /** Addresses for which the proxy was requested. */
  proxied: string[];
  /** What was reported outside the window. */
  notices: { title: string; body: string; screen: string }[];
}

/**
 * A desktop whose key ring seals: what is stored differs from what was given, and only this ring can open it again. Turn it off with
 * `available`, lock it with `locked`, let the person dismiss its question with `unlocks: false` (or only the first one, with `unlocks:
 * 'when asked again'`), or let the person cancel the save dialog with `savePath: null`.
 */
export function fakeHost({
  ring = 'ring-1',
  available = true,
  locked = false,
  unlocks = true,
  savePath = '/home/person/vapid-keys.json',
  proxy = 'DIRECT',
  pressed = true,
}: {
  ring?: string;
  available?: boolean;
  locked?: boolean;
  unlocks?: boolean | 'when asked again';
  savePath?: string | null;
  proxy?: string;
  pressed?: boolean;
} = {}): FakeHost {
  const saved = new Map<string, string>();
  const drafts = new Map<string, string>();
  const opened: string[] = [];
  const appearances: string[] = [];
  const secrets: string[] = [];
  const proxied: string[] = [];
  const notices: FakeHost['notices'] = [];
  const asked: string[] = [];
  const mark = `${ring}:`;
  let isLocked = locked;
  const status = (): KeyRingStatus => ({
    state: available ? (isLocked ? 'locked' : 'ready') : 'none',
    backend: ring,
  });
  return {
    asked,
    saved,
    opened,
    appearances,
    secrets,
    proxied,
    notices,
    keyRing: {
      status: () => Promise.resolve(status()),
      unlock() {
        asked.push('unlock');
        if (unlocks === true || (unlocks !== false && asked.length > 1)) isLocked = false;
        return Promise.resolve(status());
      },
      seal({ plain }) {
        if (!available || isLocked) return Promise.reject(new Error('There is no key ring.'));
        return Promise.resolve({ sealed: Buffer.from(mark + plain).toString('hex') });
      },
      open({ sealed }) {
        const text = Buffer.from(sealed, 'hex').toString();
        if (!available || isLocked || !text.startsWith(mark))
          return Promise.reject(new Error('Sealed by another ring.'));
        return Promise.resolve({ plain: text.slice(mark.length) });
      },
    },
    desktop: {
      openInBrowser({ url }) {
        opened.push(url);
        return Promise.resolve({ opened: true });
      },
      saveTextFile({ text }) {
        if (savePath !== null) saved.set(savePath, text);
        return Promise.resolve({ path: savePath });
      },
      saveBytes({ base64 }) {
        if (savePath !== null) saved.set(savePath, base64);
        return Promise.resolve({ path: savePath });
      },
      openSaveFile() {
        if (savePath !== null) drafts.set('file-1', '');
        return Promise.resolve({ file: savePath === null ? null : { id: 'file-1', path: savePath } });
      },
      writeSaveFile({ id, text }) {
        drafts.set(id, (drafts.get(id) ?? '') + text);
        return Promise.resolve({ written: true });
      },
      closeSaveFile({ id, keep }) {
        if (keep && savePath !== null) saved.set(savePath, drafts.get(id) ?? '');
        drafts.delete(id);
        return Promise.resolve({ kept: keep });
      },
      showSecret({ text }) {
        if (pressed) secrets.push(text);
        return Promise.resolve({ shown: pressed });
      },
      copySecret({ text }) {
        if (pressed) secrets.push(text);
        return Promise.resolve({ copied: pressed });
      },
      resolveProxy({ url }) {
        proxied.push(url);
        return Promise.resolve({ answer: proxy });
      },
      runSandbox() {
        return Promise.resolve({ answer: '', ended: 'crash' });
      },
      notify(notice) {
        notices.push(notice);
        return Promise.resolve({ shown: true });
      },
      setAppearance({ appearance }) {
        appearances.push(appearance);
        return Promise.resolve({ appearance });
      },
    },
  };
}
