/** Everything can be replaced from outside: by the parts, and by the properties that begin with `--pushdesk`. */
const STYLE = `\
:host{display:block;position:relative}\
:host([look=bell]){display:inline-block}\
:host([hidden]),[hidden]{display:none!important}\
button{font:inherit;border:1px solid #0000;border-radius:var(--pushdesk-radius,8px);min-height:44px;padding:0 16px}\
[part=button]{display:inline-grid;place-items:center;background:var(--pushdesk-color,#1d4ed8);color:var(--pushdesk-text,#fff)}\
[part=button]>*{display:block;grid-area:1/1}\
[data-on=false]>[part=unsubscribe],[data-on=true]>[part=subscribe],[part=paste][data-on=false]>*{visibility:hidden}\
[part=button][data-on=true]{background:var(--pushdesk-color-on,#475569)}\
[aria-disabled=true]{opacity:.65}\
:focus-visible{outline:3px solid var(--pushdesk-focus,#f59e0b);outline-offset:2px}\
svg{width:22px;fill:currentColor}\
fieldset{border:0;margin:0 0 12px;padding:0}\
label{display:flex;gap:8px;align-items:center;min-height:32px}\
p{margin:8px 0 0;min-height:2.8em;line-height:1.4}\
:host([look=bell]) p{position:absolute;z-index:1;width:max-content;max-width:280px;min-height:0;padding:8px 12px;background:#1e293b;color:#fff}\
:host([look=bell]) :is(p:empty,fieldset,[part=paste]){display:none}\
textarea{box-sizing:border-box;width:100%;height:7em;display:block;max-width:60ch}`;

let shared: CSSStyleSheet | undefined;

/** Styles that a strict Content-Security-Policy lets through. */
export function adopt(root: ShadowRoot, nonce: string): void {
  try {
    if (!shared) {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      shared = sheet;
    }
    root.adoptedStyleSheets = [shared];
  } catch {
    const style = document.createElement('style');
    style.nonce = nonce;
    style.textContent = STYLE;
    root.append(style);
  }
}
