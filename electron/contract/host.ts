import { oc } from '@orpc/contract';
import { z } from 'zod';
import { appearanceSchema } from './app.ts';

/**
 * What the engine asks of the process around it: the operating system's key ring and the desktop.
 * Served by Electron's main thread; the headless engine has none.
 */
export const hostContract = {
  keyRing: {
    /** `backend` is the key ring's name, for the about page. */
    status: oc.output(z.object({ available: z.boolean(), backend: z.string() })),
    seal: oc.input(z.strictObject({ plain: z.string() })).output(z.object({ sealed: z.string() })),
    open: oc.input(z.strictObject({ sealed: z.string() })).output(z.object({ plain: z.string() })),
  },
  desktop: {
    /** http and https only. */
    openInBrowser: oc
      .input(z.strictObject({ url: z.url({ protocol: /^https?$/ }) }))
      .output(z.object({ opened: z.boolean() })),
    /** Asks where to save and writes with mode 0600; `path` is `null` when the person thought better of it. */
    saveTextFile: oc
      .input(z.strictObject({ title: z.string(), suggestedName: z.string(), text: z.string() }))
      .output(z.object({ path: z.string().nullable() })),
    /** In a dialog of the system, which no page can read; `shown` is false where no person has just pressed anything. */
    showSecret: oc
      .input(z.object({ title: z.string(), text: z.string(), note: z.string() }))
      .output(z.object({ shown: z.boolean() })),
    copySecret: oc.input(z.object({ text: z.string() })).output(z.object({ copied: z.boolean() })),
    /**
     * Which proxy the system's settings name for an https address, as a proxy script answers: `DIRECT`, `PROXY host:port`, several of them
     * split by semicolons.
     */
    resolveProxy: oc
      .input(z.strictObject({ url: z.url({ protocol: /^https$/ }) }))
      .output(z.object({ answer: z.string() })),
    setAppearance: oc
      .input(z.strictObject({ appearance: appearanceSchema }))
      .output(z.object({ appearance: appearanceSchema })),
  },
};
export type HostContract = typeof hostContract;
