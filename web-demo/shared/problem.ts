import type { PageError } from '../../electron/contract/http.ts';

/** What went wrong, for a person: what happened and why (`cause`), and what to do next (`cure`). */
export type Problem = PageError['error'];

export type Result<Value> = { kind: 'done'; value: Value } | { kind: 'problem'; problem: Problem };
