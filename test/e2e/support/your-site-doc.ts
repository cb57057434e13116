import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './pushdesk.ts';

/** Code of docs/your-site.md below one heading, as a person would paste it. */
export interface DocCode {
  readonly language: string;
  readonly text: string;
}

const EXAMPLE = { engine: 'https://push.example.org', key: /B[\w-]{86}/g };

/** What is below a heading. @param own address and key in place of those of the example; left out: unchanged */
export function codeBelow(heading: string, own?: { engine: string; publicKey: string }): DocCode[] {
  const page = readFileSync(path.join(ROOT, 'docs', 'your-site.md'), 'utf8');
  const section = page.split(/^## /m).find((text) => text.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`docs/your-site.md has no “${heading}”.`);
  return [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', code = '']) => ({
    language,
    text:
      own === undefined
        ? code
        : code.replaceAll(EXAMPLE.engine, own.engine.replace(/\/$/, '')).replace(EXAMPLE.key, own.publicKey),
  }));
}
