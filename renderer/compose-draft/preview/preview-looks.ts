import { IconBrandChrome, IconBrandFirefox, IconBrandSafari, type Icon } from '@tabler/icons-react';
import type { SystemId } from '../../../electron/core/message/browser-support.ts';

/** Roughly how a system lays out a notification. */
export interface Look {
  /** The line above the title; with `badge`, the message's own small picture comes before it. */
  above?: (site: string) => string;
  /** The line between title and body. */
  under?: (site: string) => string;
  /** The line below the body. */
  below?: (site: string) => string;
  logo: Icon;
  /** Where the logo is: in the line above, or large beside the text. */
  logoAt: 'line' | 'side';
  iconAt: 'start' | 'end';
}

export const LOOKS: Readonly<Record<SystemId, Look>> = {
  'chrome-windows': {
    above: () => 'Google Chrome',
    below: (site) => site,
    logo: IconBrandChrome,
    logoAt: 'line',
    iconAt: 'start',
  },
  'chrome-macos': { under: (site) => site, logo: IconBrandChrome, logoAt: 'side', iconAt: 'end' },
  'chrome-android': {
    above: (site) => `Chrome · ${site} · now`,
    logo: IconBrandChrome,
    logoAt: 'line',
    iconAt: 'end',
  },
  firefox: {
    above: () => 'Firefox',
    below: (site) => `via ${site}`,
    logo: IconBrandFirefox,
    logoAt: 'line',
    iconAt: 'start',
  },
  'safari-macos': { under: (site) => site, logo: IconBrandSafari, logoAt: 'side', iconAt: 'end' },
  'safari-ios': { under: (site) => `from ${site}`, logo: IconBrandSafari, logoAt: 'side', iconAt: 'end' },
};
