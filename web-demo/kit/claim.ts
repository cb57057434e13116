import { defineElement } from './element.ts';
import { createKit } from './kit.ts';
import { engineOf } from './settings.ts';
import type { Kit } from './status.ts';

/** Filled in by the build. */
declare const KIT_VERSION: string | undefined;

/**
 * The one kit of a page: the first to load, in whatever version, as a script or as a module. A page may have something else under that
 * name, which is left to it.
 *
 * @param script the element that loaded it, where there is one
 */
export function claim({ src = '', nonce = '' }: Partial<HTMLScriptElement> = {}): Kit {
  const page = globalThis as { pushdesk?: unknown; document?: Document };
  const there = page.pushdesk;
  if (isKit(there)) return there;
  const { start, ...kit } = createKit(src, typeof KIT_VERSION === 'string' ? KIT_VERSION : '');
  const api = Object.freeze(kit);
  if (!page.document) return api;
  if (Object.hasOwn(page, 'pushdesk')) console.warn('Pushdesk: window.pushdesk is taken.');
  else Object.defineProperty(page, 'pushdesk', { value: api, configurable: true });
  defineElement(api, nonce);
  // If the engine served the script, it knows where that is; otherwise the page has to say so first.
  if (engineOf(src) !== undefined) queueMicrotask(start);
  return api;
}

function isKit(value: unknown): value is Kit {
  const { version, subscribe } = Object(value) as Record<string, unknown>;
  return typeof version === 'string' && typeof subscribe === 'function';
}
