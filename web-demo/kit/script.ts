import { claim } from './claim.ts';

claim((globalThis.document?.currentScript as HTMLScriptElement | null) ?? {});
