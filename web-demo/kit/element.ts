import { READERS, readTopics } from './attributes.ts';
import { textNameOf } from './problems.ts';
import type { Kit, Options, Status } from './status.ts';
import { adopt } from './style.ts';
import { textsFor, type TextName } from './texts.ts';

const NAME = 'pushdesk-subscribe';
const BELL = 'M12 2a6 6 0 0 0-6 6v4l-2 4h16l-2-4V8a6 6 0 0 0-6-6zM9.5 18a2.5 2.5 0 0 0 5 0z';

/**
 * Defines `<pushdesk-subscribe>`, where the page has no element of that name.
 *
 * @param nonce of the page's policy, for browsers that know no constructable style sheets
 */
export function defineElement(kit: Kit, nonce: string): void {
  if (customElements.get(NAME)) {
    console.warn(`Pushdesk: <${NAME}> is taken.`);
    return;
  }

  class PushdeskSubscribe extends HTMLElement {
    static readonly observedAttributes = [...Object.keys(READERS), 'topics', 'look'];

    #end: (() => void) | undefined;
    #status: Status | undefined;
    readonly #root = this.attachShadow({ mode: 'open', delegatesFocus: true });
    readonly #button = make('button', 'button');
    readonly #topics = make('fieldset', 'topics');
    readonly #say = make('p', 'status');
    readonly #paste = make('div', 'paste');
    readonly #json = make('textarea', 'json');
    readonly #copy = make('button', 'copy');

    connectedCallback(): void {
      this.#draw();
      this.#end ??= kit.onChange((status) => {
        this.#show(status);
        this.dispatchEvent(new CustomEvent('pushdesk-change', { detail: status, bubbles: true }));
      });
    }

    disconnectedCallback(): void {
      this.#end?.();
      this.#end = undefined;
    }

    attributeChangedCallback(): void {
      if (this.#status) {
        this.#draw();
        this.#show(this.#status);
      }
    }

    #text(name: TextName): string {
      const { lang } = this.closest<HTMLElement>('[lang]') ?? this;
      return this.getAttribute(`text-${name}`) ?? textsFor(lang)[name];
    }

    /** What is there in every state: nothing moves when the state changes. */
    #draw(): void {
      if (!this.#status) this.#begin();
      const options: Options = {};
      for (const [name, read] of Object.entries(READERS)) {
        const value = this.getAttribute(name);
        if (value !== null) Object.assign(options, read(value));
      }
      const isBell = this.getAttribute('look') === 'bell';
      const names: TextName[] = isBell ? ['bell'] : ['subscribe', 'unsubscribe'];
      this.#button.replaceChildren(
        ...names.map((name) => {
          const slot = make('slot', name);
          slot.name = name;
          slot.append(isBell ? bell() : this.#text(name));
          return slot;
        }),
      );
      this.#button.ariaLabel = isBell ? this.#text('bell') : null;
      const legend = make('legend', 'legend');
      legend.append(this.#text('topics'));
      const boxes = readTopics(this.getAttribute('topics')).map(({ tag, label }) => {
        const line = make('label', 'topic');
        const box = make('input', 'checkbox');
        box.type = 'checkbox';
        box.value = tag;
        box.checked = !this.#boxes().some(({ value, checked }) => value === tag && !checked);
        line.append(box, label);
        return line;
      });
      this.#topics.replaceChildren(legend, ...boxes);
      this.#topics.hidden = !boxes[0];
      this.#json.ariaLabel = this.#text('paste');
      this.#paste.hidden = !options.offline && !!options.engine;
      kit.configure(options);
    }

    #begin(): void {
      adopt(this.#root, nonce);
      this.#say.role = 'status';
      this.#json.readOnly = true;
      this.#paste.append(this.#json, this.#copy);
      this.#root.append(this.#topics, this.#button, this.#say, this.#paste);
      this.#button.onclick = () => {
        if (this.#button.ariaDisabled === 'true') return;
        void (this.#isOn() ? kit.unsubscribe() : kit.subscribe(this.#choice()));
      };
      this.#topics.onchange = () => {
        // Before that, the choice goes along with the subscription.
        if (this.#isOn()) void kit.setTags(this.#choice().tags ?? []);
      };
      this.#copy.onclick = async () => {
        this.#json.select();
        try {
          await navigator.clipboard.writeText(this.#json.value);
          this.#copy.textContent = this.#text('copied');
        } catch {
          // It is selected, so that a person can.
        }
      };
    }

    readonly #isOn = () => this.#status?.state === 'on';

    readonly #boxes = () => [...this.#topics.querySelectorAll('input')];

    #choice(): { tags?: string[] } {
      const boxes = this.#boxes();
      return boxes[0] ? { tags: boxes.filter((box) => box.checked).map((box) => box.value) } : {};
    }

    #show(status: Status): void {
      const before = this.#status?.state ?? 'checking';
      this.#status = status;
      const { state, problem, tags, json, told } = status;
      const isOn = state === 'on';
      const isBusy = state === 'working' || state === 'checking';
      const toPaste = (isOn && !this.#paste.hidden && json) || '';
      const { dataset } = this;
      dataset['state'] = state;
      dataset['problem'] = problem?.code ?? '';
      this.#button.dataset['on'] = this.#paste.dataset['on'] = String(isOn);
      this.#button.ariaDisabled = String(isBusy || state === 'unsupported');
      this.#button.ariaBusy = String(isBusy);
      this.#button.ariaPressed = this.#button.ariaLabel ? String(isOn) : null;
      const words: TextName | false =
        state === 'checking'
          ? false
          : state === 'working'
            ? state
            : toPaste
              ? 'paste'
              : isOn
                ? told || !problem
                  ? state
                  : 'later'
                : problem
                  ? textNameOf(problem.code)
                  : state === 'off' && before !== 'checking' && state;
      const text = words ? this.#text(words) : '';
      // What has not changed is not read aloud again.
      if (this.#say.textContent !== text) this.#say.textContent = text;
      this.#copy.textContent = this.#text('copy');
      this.#json.value = toPaste;
      if (isOn) for (const box of this.#boxes()) box.checked = tags.includes(box.value);
    }
  }

  customElements.define(NAME, PushdeskSubscribe);
}

function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  part: string,
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.setAttribute('part', part);
  return element;
}

function bell(): SVGSVGElement {
  const make = <Name extends 'svg' | 'path'>(name: Name) =>
    document.createElementNS('http://www.w3.org/2000/svg', name);
  const icon = make('svg');
  const path = make('path');
  icon.setAttribute('viewBox', '0 0 24 24');
  path.setAttribute('d', BELL);
  icon.append(path);
  return icon;
}
