/**
 * Preloaded into a program (`--import`): its clock shows the time of the machine and `CLOCK_AHEAD_MS` more, on all of its threads. It goes
 * on as evenly as that of the machine.
 */
const ahead = Number(process.env['CLOCK_AHEAD_MS']);
const machineNow = Date.now;
Date.now = () => machineNow() + ahead;
globalThis.Date = new Proxy(Date, {
  construct: (target, given, made) =>
    Reflect.construct(target, given.length === 0 ? [target.now()] : given, made),
});
