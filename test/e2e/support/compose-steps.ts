import type { Page } from 'playwright-core';

export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, ...(typeof name === 'string' ? { exact: true } : {}) }).first();
export const press = (page: Page, name: string | RegExp) => button(page, name).click();
export const field = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
export const fill = async (page: Page, fields: Record<string, string>) => {
  for (const [name, text] of Object.entries(fields)) await field(page, name).fill(text);
};
export const choose = async (page: Page, name: string, option: string | RegExp) => {
  await page.getByRole('combobox', { name, exact: true }).click();
  await page.getByRole('option', { name: option }).first().click();
};
export const turn = (page: Page, name: string) => page.getByRole('switch', { name }).click();
export const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
/** Scrolls it to the top of whatever scrolls. */
export const scrollTo = (page: Page, name: string | RegExp) =>
  button(page, name).evaluate((element) => {
    element.scrollIntoView({ block: 'start' });
  });
/** Opens a fold, and brings it into view. */
export const unfold = async (page: Page, name: string) => {
  const fold = button(page, name);
  if ((await fold.getAttribute('aria-expanded')) === 'false') await fold.click();
  await scrollTo(page, name);
};
const section = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
export const scrollToSection = (page: Page, name: string) =>
  section(page, name).evaluate((element) => {
    element.scrollIntoView({ block: 'start' });
  });
export const dialog = (page: Page) => page.getByRole('dialog').last();
export const leave = async (page: Page) => {
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
};

export const WORKER = `
self.addEventListener('push', (event) => {
  const { title, body, url } = event.data.json();
  event.waitUntil(self.registration.showNotification(title, { body, data: { url } }));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(clients.openWindow(event.notification.data.url));
});
`;
