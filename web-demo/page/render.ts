import type { View } from './page-state.ts';

/** The places of the page that change. */
export interface Places {
  status: HTMLElement;
  icon: SVGUseElement;
  headline: HTMLElement;
  detail: HTMLElement;
  cure: HTMLElement;
  subscribe: HTMLElement;
  cancel: HTMLElement;
  details: HTMLElement;
  json: HTMLTextAreaElement;
}

/** @throws Error when the document is not the page that this script was made for */
export function findPlaces(document: Document): Places {
  const find = <Found extends Element>(selector: string, type: abstract new () => Found): Found => {
    const found = document.querySelector(selector);
    if (found instanceof type) return found;
    throw new Error(`The page has no ${selector}`);
  };
  return {
    status: find('#status', HTMLElement),
    icon: find('#status use', SVGUseElement),
    headline: find('#headline', HTMLElement),
    detail: find('#detail', HTMLElement),
    cure: find('#cure', HTMLElement),
    subscribe: find('#subscribe', HTMLElement),
    cancel: find('#cancel', HTMLElement),
    details: find('#subscription', HTMLElement),
    json: find('#subscription-json', HTMLTextAreaElement),
  };
}

/** Puts a view on the page. What has not changed is not touched, so that it is not read aloud again. */
export function render(places: Places, view: View): void {
  const { status, icon, headline, detail, cure, subscribe, cancel, details, json } = places;
  status.dataset['tone'] = view.tone;
  status.dataset['problem'] = view.problemCode;
  icon.setAttribute('href', `#icon-${view.tone}`);
  write(headline, view.headline);
  write(detail, view.detail);
  write(cure, view.cure);
  cure.hidden = view.cure === '';
  enable(subscribe, view.canSubscribe);
  enable(cancel, view.canCancel);
  details.hidden = view.json === '';
  if (json.value !== view.json) {
    json.value = view.json;
    json.rows = view.json.split('\n').length;
  }
}

function write(place: HTMLElement, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}

/** `disabled` would throw the keyboard focus away while the button has it. */
function enable(button: HTMLElement, enabled: boolean): void {
  button.setAttribute('aria-disabled', String(!enabled));
}
