import { oc } from '@orpc/contract';
import { z } from 'zod';
import { appearanceSchema } from './settings.ts';

/** `none`: there is no key ring that can seal. `backend` is its name, for the about page. */
export const keyRingStatusSchema = z.object({
  state: z.enum(['ready', 'locked', 'none']),
  backend: z.string(),
});
export type KeyRingStatus = z.infer<typeof keyRingStatusSchema>;

/**
 * What the engine asks of the process around it: the operating system's key ring and the desktop.
 * Served by Electron's main thread; the headless engine has none.
 */
export const hostContract = {
  keyRing: {
    /** Asks the person nothing, as far as that can be known beforehand. */
    status: oc.output(keyRingStatusSchema),
    /** Asks the person to unlock it, where it is locked, and answers when they have, or have not. */
    unlock: oc.output(keyRingStatusSchema),
    seal: oc.input(z.strictObject({ plain: z.string() })).output(z.object({ sealed: z.string() })),
    open: oc.input(z.strictObject({ sealed: z.string() })).output(z.object({ plain: z.string() })),
  },
  desktop: {
    /** http and https only. */
    openInBrowser: oc
      .input(z.strictObject({ url: z.url({ protocol: /^https?$/ }) }))
      .output(z.object({ opened: z.boolean() })),
    /** Asks where to save and writes with mode 0600; `path` is `null` when the person cancelled. */
    saveTextFile: oc
      .input(z.strictObject({ title: z.string(), suggestedName: z.string(), text: z.string() }))
      .output(z.object({ path: z.string().nullable() })),
    /** The same for bytes, as base64. */
    saveBytes: oc
      .input(z.strictObject({ title: z.string(), suggestedName: z.string(), base64: z.base64() }))
      .output(z.object({ path: z.string().nullable() })),
    /** The same for a file that comes in pieces; a file is there under its name once it is closed. */
    openSaveFile: oc
      .input(z.strictObject({ title: z.string(), suggestedName: z.string() }))
      .output(z.object({ file: z.object({ id: z.string(), path: z.string() }).nullable() })),
    writeSaveFile: oc
      .input(z.strictObject({ id: z.string(), text: z.string() }))
      .output(z.object({ written: z.boolean() })),
    /** `keep: false` removes what was written. */
    closeSaveFile: oc
      .input(z.strictObject({ id: z.string(), keep: z.boolean() }))
      .output(z.object({ kept: z.boolean() })),
    /** In a dialog of the system, which no page can read; `shown` is false where no person has just pressed anything. */
    showSecret: oc
      .input(z.strictObject({ title: z.string(), text: z.string(), note: z.string() }))
      .output(z.object({ shown: z.boolean() })),
    copySecret: oc.input(z.strictObject({ text: z.string() })).output(z.object({ copied: z.boolean() })),
    /**
     * Which proxy the system's settings name for an https address, in the form of a proxy script's answer: `DIRECT`, `PROXY host:port`,
     * several of them separated by semicolons.
     */
    resolveProxy: oc
      .input(z.strictObject({ url: z.url({ protocol: /^https$/ }) }))
      .output(z.object({ answer: z.string() })),
    /**
     * Runs a job in the process that runs service workers, which ends with it. `answer` is what that process said, unchecked; empty unless
     * `ended` is `answer`.
     */
    runSandbox: oc
      .input(z.strictObject({ job: z.string() }))
      .output(z.object({ answer: z.string(), ended: z.enum(['answer', 'time', 'crash', 'output']) })),
    /** Notifies the person outside the window, where the system can; a press opens that screen. Never asks for permission. */
    notify: oc
      .input(z.strictObject({ title: z.string(), body: z.string(), screen: z.string() }))
      .output(z.object({ shown: z.boolean() })),
    setAppearance: oc
      .input(z.strictObject({ appearance: appearanceSchema }))
      .output(z.object({ appearance: appearanceSchema })),
  },
};
export type HostContract = typeof hostContract;
