import { describe, expect, it } from 'vitest';
import { isAppUrl, isSamePage, readWebUrl } from './app-url.ts';

describe('URLs of the window', () => {
  it.each(['app://pushdesk/index.html', 'app://pushdesk/', 'app://pushdesk/index.html#/keys'])(
    'knows its own: %s',
    (url) => {
      expect(isAppUrl(url)).toBe(true);
    },
  );

  it.each([
    '',
    'app:',
    'app://',
    'app://pushdesk.evil.example/index.html',
    'app://evil/pushdesk',
    'app://pushdesk:80/index.html',
    'https://pushdesk/index.html',
    'https://evil.example/app://pushdesk/index.html',
    'application://pushdesk/',
    'file:///app://pushdesk/index.html',
    'data:text/html,app://pushdesk/',
    'null',
  ])('does not take another for its own: %s', (url) => {
    expect(isAppUrl(url)).toBe(false);
  });

  it('compares pages without their fragment', () => {
    expect(isSamePage('app://pushdesk/index.html#/keys', 'app://pushdesk/index.html')).toBe(true);
    expect(isSamePage('app://pushdesk/problem', 'app://pushdesk/index.html')).toBe(false);
    expect(isSamePage('app://pushdesk/index.html?a', 'app://pushdesk/index.html')).toBe(false);
    expect(isSamePage('https://a.example/', 'https://a.example/')).toBe(false);
  });
});

describe('URLs for the browser', () => {
  it('are http and https', () => {
    expect(readWebUrl('https://a.example')).toBe('https://a.example/');
    expect(readWebUrl('http://localhost:4830/')).toBe('http://localhost:4830/');
  });

  it.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'smb://a.example/share',
    'app://pushdesk/index.html',
    'mailto:a@b.example',
    'ms-settings:privacy',
    'https://user:password@a.example/',
    'https://',
    '//a.example',
    '',
  ])('are nothing else: %s', (url) => {
    expect(readWebUrl(url)).toBeNull();
  });
});
