import type { Page } from 'playwright-core';

/** What on a screen is not where it can be read, one line each; empty when all is well. */
export const layoutFaultsIn = (page: Page): Promise<string[]> => page.evaluate(findFaults);

/** What could be scrolled sideways, by its class. */
export const tooWideIn = (page: Page): Promise<string[]> => page.evaluate(findTooWide);

function findTooWide(): string[] {
  return [...document.querySelectorAll('body *')]
    .filter((element) => /auto|scroll/.test(getComputedStyle(element).overflowX))
    .filter((element) => element.scrollWidth > element.clientWidth + 1)
    .map((element) => element.className);
}

/** Runs in the page, with nothing from outside. */
function findFaults(): string[] {
  const MODAL = '[role="dialog"][aria-modal="true"]';
  /** These lie over others, and are meant to. */
  const LAYERS =
    '[role="dialog"], [role="menu"], [role="listbox"], [role="tooltip"], [role="toolbar"], [role="alert"], [role="status"]';
  const faults = new Set<string>();
  const nameOf = (element: Element) => `${element.tagName.toLowerCase()}.${[...element.classList].join('.')}`;
  const tell = (what: string, element: Element, text: string) =>
    faults.add(`${what}: “${text.trim().slice(0, 60)}” in ${nameOf(element)}`);
  const isSeen = (element: Element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    // What lets presses through, such as a tooltip, lies over all others.
    getComputedStyle(element).pointerEvents !== 'none' &&
    element.closest(
      '[aria-hidden="true"], .mantine-VisuallyHidden-root, .pd-visually-hidden, .pd-hidden-text',
    ) === null;

  /** It stays in view while others are scrolled out from below it. */
  const isStaying = (element: Element, within: Element) => {
    for (
      let around: Element | null = element;
      around !== null && around !== within;
      around = around.parentElement
    )
      if (getComputedStyle(around).position === 'sticky') return true;
    return false;
  };

  /** The box in which an element is shown, after everything that cuts it off; what can be scrolled to counts as shown. */
  const clipOf = (element: Element) => {
    let [left, top, right, bottom] = [0, 0, innerWidth, innerHeight];
    for (let around: Element | null = element; around !== null; around = around.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(around);
      if (overflowX === 'visible' && overflowY === 'visible') continue;
      const box = around.getBoundingClientRect();
      [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
      [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    return { left, top, right, bottom };
  };

  const shown = document.querySelector(MODAL) ?? document.body;
  const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent ?? '';
    if (element === null || text.trim() === '' || !isSeen(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const clip = clipOf(element);
    for (const box of range.getClientRects()) {
      if (box.width < 2 || box.height < 2) continue;
      if (box.left < -1 || box.right > innerWidth + 1) {
        // What is cut with an ellipsis continues beyond it.
        const isCut =
          getComputedStyle(element).textOverflow === 'ellipsis' ||
          clip.right < box.right ||
          clip.left > box.left;
        if (!isCut) tell('beyond the window', element, text);
      }
      const [left, right] = [Math.max(box.left, clip.left), Math.min(box.right, clip.right)];
      const [upper, lower] = [Math.max(box.top, clip.top), Math.min(box.bottom, clip.bottom)];
      if (right - left < 2 || lower - upper < 2) continue;
      const [x, y] = [(left + right) / 2, (upper + lower) / 2];
      // What is wholly transparent, such as the input of a switch, only takes presses.
      const top = document.elementsFromPoint(x, y).find((one) => getComputedStyle(one).opacity !== '0');
      if (top === undefined || top === element || element.contains(top) || top.contains(element)) continue;
      const layer: Element | null = top.closest(LAYERS);
      if (layer !== null && !layer.contains(element)) continue;
      if (isStaying(top, shown)) continue;
      tell(`covered by ${nameOf(top)}`, element, text);
    }
    for (
      let around: Element | null = element;
      around !== null && around !== shown;
      around = around.parentElement
    ) {
      const style = getComputedStyle(around);
      if (style.overflowX !== 'hidden' && style.overflowX !== 'clip') continue;
      const isWide = around.scrollWidth > around.clientWidth + 1;
      const saysSo = style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none';
      if (isWide && around === element && !saysSo && style.display !== 'inline')
        tell('cut off', element, text);
    }
  }
  return [...faults];
}
