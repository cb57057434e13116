import { claim } from './claim.ts';

claim();
