import * as React from 'react';

/**
 * React records for each element where in the code it was made, to say so in its warnings, which takes a tenth of the time of these tests.
 * The warnings come without it too. React stops recording when it has lately recorded a lot, and this tells it that it always has.
 */
const internals: unknown = Reflect.get(
  React,
  '__CLIENT_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE',
);
const COUNT = 'recentlyCreatedOwnerStacks';
if (typeof internals !== 'object' || internals === null || !(COUNT in internals))
  throw new Error(`React has no ${COUNT} any more.`);
Object.defineProperty(internals, COUNT, {
  get: () => Infinity,
  set: () => {
    // React counts here, and starts afresh each second.
  },
});
