import { configure } from '@testing-library/react';

/**
 * What a page of jsdom, which draws nothing, does not have. Everything is as large as a window, so that tables show rows; the only media
 * query that holds is the one for less motion, so that nothing is still fading when a test looks.
 */
const WIDTH = 1200;
const HEIGHT = 800;

// The wait ends as soon as the element appears, so a busy machine may take its time.
configure({ asyncUtilTimeout: 30_000 });

class StandInResizeObserver implements ResizeObserver {
  readonly #callback: ResizeObserverCallback;

  constructor(callback: ResizeObserverCallback) {
    this.#callback = callback;
  }

  observe(target: Element) {
    const size = [{ inlineSize: WIDTH, blockSize: HEIGHT }];
    const entry = {
      target,
      contentRect: new DOMRect(0, 0, WIDTH, HEIGHT),
      borderBoxSize: size,
      contentBoxSize: size,
      devicePixelContentBoxSize: size,
    };
    // Never in the middle of drawing, as in a browser.
    queueMicrotask(() => {
      this.#callback([entry], this);
    });
  }

  unobserve() {}

  disconnect() {}
}

window.ResizeObserver = StandInResizeObserver;
window.matchMedia = (media) =>
  Object.assign(new EventTarget(), {
    matches: media.includes('prefers-reduced-motion'),
    media,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
  });
// Somewhere in view: a dropdown hides when its field is out of view.
Element.prototype.getBoundingClientRect = () => new DOMRect(0, 0, WIDTH, 40);
// A file that is read in pieces comes as one piece.
Blob.prototype.stream = function stream(this: Blob) {
  return new ReadableStream({
    start: async (controller) => {
      controller.enqueue(new Uint8Array(await this.arrayBuffer()));
      controller.close();
    },
  });
};
// Text fields that grow ask whether the fonts have loaded.
Object.defineProperty(document, 'fonts', { configurable: true, value: new EventTarget() });
Element.prototype.scrollIntoView = () => undefined;
Element.prototype.scrollTo = function scrollTo(this: Element, to?: ScrollToOptions | number) {
  if (typeof to !== 'object' || to.top === undefined || to.top === this.scrollTop) return;
  this.scrollTop = to.top;
  queueMicrotask(() => this.dispatchEvent(new Event('scroll')));
};

const is = (size: number) => ({ configurable: true, get: () => size });
Object.defineProperties(HTMLElement.prototype, {
  offsetWidth: is(WIDTH),
  offsetHeight: is(HEIGHT),
  clientWidth: is(WIDTH),
  clientHeight: is(HEIGHT),
  // As tall as what is in it says it is.
  scrollHeight: {
    configurable: true,
    get(this: HTMLElement) {
      const heights = [...this.children].map((child) =>
        child instanceof HTMLElement ? Number.parseFloat(child.style.height) || 0 : 0,
      );
      return Math.max(HEIGHT, ...heights);
    },
  },
});
