import * as React from 'react';

/**
 * React notes for each element where in the code it was made, to say so in its warnings: a tenth of the time of these tests. The warnings
 * come without it as well. It stops where it has noted much of late, and this says that it always has.
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
    // React counts, and begins anew each second.
  },
});
