/**
 * Preloaded into a program (`--import`): its clock shows the machine's time plus `CLOCK_AHEAD_MS`, on all of its threads. It runs as evenly
 * as the machine's.
 */
const ahead = Number(process.env['CLOCK_AHEAD_MS']);
const machineNow = Date.now;
Date.now = () => machineNow() + ahead;
globalThis.Date = new Proxy(Date, {
  construct: (target, given, made) =>
    Reflect.construct(target, given.length === 0 ? [target.now()] : given, made),
});
