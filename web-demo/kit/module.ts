import { claim } from './claim.ts';

const kit = claim();
export const { version, configure, subscribe, unsubscribe, state, setTags, setAttributes, onChange } = kit;
export default kit;
