import { expect, it } from 'vitest';
import { copyOrSelect } from './copy-or-select.ts';

function fakeField() {
  const happened: string[] = [];
  const field = {
    value: '{"endpoint":"x"}',
    focus: () => happened.push('focus'),
    select: () => happened.push('select'),
  } as unknown as HTMLTextAreaElement;
  return { field, happened };
}

const clipboardThat = (writeText: (text: string) => Promise<void>) => ({ writeText }) as Clipboard;

it('copies the text', async () => {
  const { field, happened } = fakeField();
  const copied: string[] = [];
  const clipboard = clipboardThat((text) => {
    copied.push(text);
    return Promise.resolve();
  });
  expect(await copyOrSelect(field, clipboard)).toBe('copied');
  expect(copied).toEqual([field.value]);
  expect(happened).toEqual([]);
});

it.each([
  ['refuses', clipboardThat(() => Promise.reject(new DOMException('', 'NotAllowedError')))],
  ['has no clipboard', undefined],
])('selects the text where the browser %s', async (_what, clipboard) => {
  const { field, happened } = fakeField();
  expect(await copyOrSelect(field, clipboard)).toBe('selected');
  expect(happened).toEqual(['focus', 'select']);
});
