/** The names that `npm test -- NAME` accepts. */
export const STEP_NAMES = {
  build: 'Builds the app.',
  types: 'Checks the types of each part of the project.',
  lint: 'Runs the linter, with the table of who may import what.',
  format: 'Checks the formatting.',
  unit: 'Runs the tests that stand beside the code.',
  components: 'Runs the tests that stand beside the components of the window.',
  integration: 'Runs the tests of what crosses borders: the engine as a program, the documented examples.',
  e2e: 'Runs the app, Firefox and Chromium.',
  bench: 'Runs the short benchmark: it fails when a message is lost, never because a machine is slow.',
};
