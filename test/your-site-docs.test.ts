import { describe, expect, it } from 'vitest';
import { snippetsFor, type KitUse } from '../electron/core/kit/snippets.ts';
import { codeBelow } from './e2e/support/your-site-doc.ts';

const TARGET = {
  engine: 'https://push.example.org/',
  publicKey: 'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
};

describe('docs/your-site.md', () => {
  it.each<[string, KitUse]>([
    ['A page', 'html'],
    ['A button of your own', 'button'],
    ['React with Vite', 'react'],
    ['An existing service worker', 'worker'],
    ['Moving from another service', 'move'],
  ])('shows below “%s” the code that the app shows', (heading, use) => {
    const shown = codeBelow(heading).map(({ text }) => text);
    for (const { text } of snippetsFor(use, TARGET)) expect(shown).toContain(text);
  });
});
