import type { Page } from 'playwright-core';
import type { Scenario } from '../../renderer-preview/scenario.ts';

/** One state of a screen, and how a person gets to it from the one before. */
export interface ScreenState {
  readonly name: string;
  readonly open: (page: Page) => Promise<unknown>;
}

/** What one person sees one look after another in one window. */
export interface Walk {
  readonly what: string;
  readonly scenario: Scenario;
  readonly states: readonly ScreenState[];
}

/** Goes to a screen by its path, as a link would. */
export const visit = (page: Page, screen: string) =>
  page.evaluate((to) => {
    location.hash = to;
  }, screen);
