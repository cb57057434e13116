import { strToU8, zipSync, type Zippable } from 'fflate';
import { snippetsFor, type KitTarget } from '../../../core/kit/snippets.ts';
import type { PageFiles } from '../../http/page-files.ts';

const KIT = '/kit/';

/**
 * The kit for one engine and key as a folder `pushdesk` in a zip (PKWARE APPNOTE 6.3): its files, a page to try it with, and instructions.
 *
 * @param files of the server, among them the kit's
 */
export function makeKitZip(files: PageFiles, target: KitTarget): Uint8Array {
  const folder: Zippable = {
    'README.txt': strToU8(readme(target)),
    'example.html': strToU8(example(target)),
  };
  for (const [path, { body }] of files) {
    if (path.startsWith(KIT)) folder[path.slice(KIT.length)] = new Uint8Array(body);
  }
  return zipSync({ pushdesk: folder }, { level: 9 });
}

const example = (target: KitTarget) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Notifications</title>
  </head>
  <body>
    <h1>Notifications</h1>
${snippetsFor('html', target)
  .map(({ text }) => text.replace(/^(?=.)/gm, '    '))
  .join('')}  </body>
</html>
`;

const readme = (target: KitTarget) => `Pushdesk on your site

1. Upload the folder "pushdesk" to the top folder of your site, so that
   https://YOUR-SITE/pushdesk/pushdesk-worker.js shows its text.
2. Open https://YOUR-SITE/pushdesk/example.html and press the button.
3. Put what follows into a page of your own:

${snippetsFor('html', target)
  .map(({ text }) => text)
  .join('\n')}
${
  target.engine === null
    ? 'This kit tells no server: visitors get a text to send to you, which you paste into Pushdesk, Subscriptions, Import.'
    : 'In Pushdesk, open Server and add the address of your site to "Your sites".'
}
`;
