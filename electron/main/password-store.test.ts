import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  choosePasswordStore,
  hasSealedKeys,
  rememberedStore,
  rememberStore,
  type StoreQuestion,
} from './password-store.ts';

const SECRETS = 'org.freedesktop.secrets';
const WALLET_5 = 'org.kde.kwalletd5';
const WALLET_6 = 'org.kde.kwalletd6';

const choose = (
  desktop: string,
  running: string[],
  activatable: string[] = [],
  more: Partial<StoreQuestion> = {},
) =>
  choosePasswordStore({
    desktop,
    remembered: null,
    hasSealedKeys: false,
    names: { running, activatable },
    ...more,
  });

describe('the choice of the key ring', () => {
  it.each(['', 'sway', 'MATE', 'GNOME', 'ubuntu:GNOME', 'KDE', 'XFCE', 'Hyprland'])(
    'is the Secret Service where only it answers, on "%s"',
    (desktop) => {
      expect(choose(desktop, [SECRETS])).toBe('gnome-libsecret');
      expect(choose(desktop, [], [SECRETS])).toBe('gnome-libsecret');
    },
  );

  it('is the wallet on KDE, the newer first, and beside another service too', () => {
    expect(choose('KDE', [SECRETS, WALLET_6])).toBe('kwallet6');
    expect(choose('KDE', [SECRETS], [WALLET_5])).toBe('kwallet5');
    expect(choose('KDE', [WALLET_5, WALLET_6])).toBe('kwallet6');
  });

  it('is what runs, elsewhere, before what could be started', () => {
    expect(choose('sway', [WALLET_6], [SECRETS])).toBe('kwallet6');
    expect(choose('sway', [WALLET_6, SECRETS])).toBe('gnome-libsecret');
    expect(choose('sway', [], [WALLET_5, SECRETS])).toBe('gnome-libsecret');
  });

  it('is left to Chromium where nothing answers or nobody can be asked', () => {
    expect(choose('GNOME', ['org.freedesktop.DBus'])).toBeNull();
    expect(choose('GNOME', [], [], { names: null })).toBeNull();
  });

  it('stays with the one that sealed, whatever the desktop is called today', () => {
    const sealed = { remembered: 'gnome-libsecret', hasSealedKeys: true } as const;
    expect(choose('', [SECRETS], [], sealed)).toBe('gnome-libsecret');
    expect(choose('KDE', [SECRETS, WALLET_6], [], sealed)).toBe('gnome-libsecret');
    expect(choose('KDE', [WALLET_6], [], sealed)).toBe('gnome-libsecret');
    expect(choose('', [], [], { ...sealed, names: null })).toBe('gnome-libsecret');
  });

  it('is made anew where nothing is sealed and the old one does not answer', () => {
    expect(choose('KDE', [WALLET_6], [], { remembered: 'gnome-libsecret' })).toBe('kwallet6');
  });

  it('takes what an earlier version sealed to where Chromium put it then', () => {
    expect(choose('XFCE', [WALLET_6], [SECRETS], { hasSealedKeys: true })).toBe('gnome-libsecret');
    expect(choose('KDE', [WALLET_5, SECRETS], [], { hasSealedKeys: true })).toBe('kwallet5');
  });
});

describe('the note of the choice', () => {
  const folder = () => {
    const made = mkdtempSync(path.join(tmpdir(), 'pushdesk-test-'));
    onTestFinished(() => {
      rmSync(made, { recursive: true });
    });
    return made;
  };

  it('is kept in a file that only this user can read, and only for key rings', async () => {
    const dataDir = folder();
    expect(rememberedStore(dataDir)).toBeNull();
    await rememberStore(dataDir, 'basic_text');
    expect(rememberedStore(dataDir)).toBeNull();
    await rememberStore(dataDir, 'gnome_libsecret');
    expect(rememberedStore(dataDir)).toBe('gnome-libsecret');
    const file = path.join(dataDir, 'key-ring.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ passwordStore: 'gnome-libsecret' });
  });

  it.each(['', '{', '{"passwordStore":"--inspect"}', 'null'])('counts as none when it holds %s', (text) => {
    const dataDir = folder();
    writeFileSync(path.join(dataDir, 'key-ring.json'), text);
    expect(rememberedStore(dataDir)).toBeNull();
  });

  it('knows whether keys are sealed', () => {
    const dataDir = folder();
    const write = (text: string) => {
      writeFileSync(path.join(dataDir, 'private-keys.json'), text);
    };
    expect(hasSealedKeys(dataDir)).toBe(false);
    write('{"version":1,"keys":{"B":{"plain":"x"}}}');
    expect(hasSealedKeys(dataDir)).toBe(false);
    write('{"version":1,"keys":{"B":{"sealed":"x"}}}');
    expect(hasSealedKeys(dataDir)).toBe(true);
  });
});
