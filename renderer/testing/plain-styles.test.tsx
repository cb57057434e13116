import { render } from '@testing-library/react';
import { expect, it } from 'vitest';
import { stylesOfJsdom } from './plain-styles.ts';

it('how things look on the page of a component test is what jsdom says', () => {
  const { container } = render(
    <div>
      <p hidden>
        Not <b>shown</b>
      </p>
      <details>
        <summary>More</summary>
        <em>Less</em>
      </details>
      <dialog>Closed</dialog>
      <div popover="auto">Not open</div>
      <form style={{ display: 'none' }}>
        <input type="hidden" />
        <input hidden />
        <textarea />
        <select>
          <option hidden>One</option>
        </select>
      </form>
      <section style={{ visibility: 'hidden' }}>
        <span>Not seen</span>
        <span style={{ visibility: 'visible' }}>Seen</span>
        <span style={{ visibility: 'inherit' }}>Not seen</span>
        <svg style={{ visibility: 'visible' }}>
          <text>Seen</text>
        </svg>
      </section>
      <button style={{ pointerEvents: 'none' }}>
        <i style={{ display: 'inline-flex' }}>Nothing to press</i>
      </button>
      <table>
        <tbody>
          <tr>
            <td hidden />
          </tr>
        </tbody>
      </table>
      <ul>
        <li>
          <template />
          <style>{'b { color: red }'}</style>
        </li>
      </ul>
    </div>,
  );
  const looks = (style: CSSStyleDeclaration) => ({
    display: style.display,
    visibility: style.visibility,
    pointerEvents: style.pointerEvents,
    position: style.position,
    read: ['display', 'visibility', 'overflow-x'].map((name) => style.getPropertyValue(name)),
  });
  const all = [...document.querySelectorAll('*')];
  expect(container.querySelectorAll('*').length).toBeGreaterThan(25);
  expect(all.map((one) => [one.outerHTML, looks(getComputedStyle(one))])).toEqual(
    all.map((one) => [one.outerHTML, looks(stylesOfJsdom(one))]),
  );
});
