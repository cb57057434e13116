import { claim } from './claim.ts';

const { document: page } = globalThis as { document?: Document };
claim((page?.currentScript as HTMLScriptElement | null | undefined) ?? {});
