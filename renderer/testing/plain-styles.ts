/**
 * Says how things look where no style sheet says anything about it, as on the page of a component test. jsdom checks all of a browser's own
 * rules for every element after every change, which took a quarter of the time of these tests. Questions that are asked to find and press
 * an element are answered here, all others by jsdom.
 */
export const stylesOfJsdom = window.getComputedStyle.bind(window);

/** According to a browser's own rules. */
const NEVER_SHOWN = new Set(
  'area base basefont datalist head link meta noembed noframes noscript param rp script style template title'.split(
    ' ',
  ),
);
/** How these are shown depends on more than `hidden`. */
const LEFT_TO_JSDOM = new Set(
  'col colgroup details dialog embed optgroup option summary tbody tfoot thead'.split(' '),
);
/** How elements of each name are shown unless they say otherwise, as jsdom answered for the first one. */
const shownByName = new Map<string, string>();

type Styled = HTMLElement | SVGElement;

const isStyled = (element: Element): element is Styled =>
  element instanceof HTMLElement || element instanceof SVGElement;

function displayOf(element: Styled): string {
  const { localName, style } = element;
  if (style.display !== '') return style.display;
  if (NEVER_SHOWN.has(localName) || element.hasAttribute('hidden')) return 'none';
  if (localName === 'input' && element.getAttribute('type') === 'hidden') return 'none';
  const known = shownByName.get(localName) ?? stylesOfJsdom(element).display;
  shownByName.set(localName, known);
  return known;
}

/** The value of a property that an element hands on to everything in it. */
function handedOn(element: Element, name: 'visibility' | 'pointerEvents', initial: string): string {
  for (let around: Element | null = element; around !== null; around = around.parentElement) {
    const value = isStyled(around) ? around.style[name] : '';
    if (value !== '' && value !== 'inherit') return value;
  }
  return initial;
}

function answer(element: Styled, name: string | symbol): unknown {
  if (name === 'display') return displayOf(element);
  if (name === 'visibility') return handedOn(element, 'visibility', 'visible');
  if (name === 'pointerEvents') return handedOn(element, 'pointerEvents', 'auto');
  // Nothing has a box here, so no field needs to be measured to grow with its text.
  if (name === 'boxSizing') return '';
  if (name === 'getPropertyValue')
    return (property: string) =>
      property === 'display' || property === 'visibility'
        ? answer(element, property)
        : stylesOfJsdom(element).getPropertyValue(property);
  const all = stylesOfJsdom(element);
  const value: unknown = Reflect.get(all, name);
  return typeof value === 'function' ? value.bind(all) : value;
}

window.getComputedStyle = (element, pseudo) =>
  isStyled(element) &&
  !LEFT_TO_JSDOM.has(element.localName) &&
  !element.hasAttribute('popover') &&
  (pseudo ?? '') === ''
    ? new Proxy(element.style, { get: (_, name) => answer(element, name) })
    : stylesOfJsdom(element, pseudo);
