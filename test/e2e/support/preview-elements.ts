import type { Locator, Page } from 'playwright-core';

export const button = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true });
export const rows = (page: Page, table: string) => page.getByRole('grid', { name: table }).getByRole('row');
export const dialog = (page: Page, name: string | RegExp) => page.getByRole('dialog', { name });
