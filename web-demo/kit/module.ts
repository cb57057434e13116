import { claim } from './claim.ts';

export const { version, configure, subscribe, unsubscribe, state, setTags, setAttributes, onChange } =
  claim();
