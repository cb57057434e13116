/**
 * @typedef {object} Layer
 * @property {string} name
 * @property {string} folder where it lives, from the root of the project
 * @property {string[]} mayImport names of other layers
 * @property {string[]} externals packages from npm, as micromatch patterns of the package name
 * @property {boolean} node whether Node's own modules are allowed
 * @property {string[]} [testsMayImport] names of layers that its tests may import besides its own
 * @property {string[]} [servicesOf] names of layers of which only the `*-service.ts` may be imported
 * @property {string[]} [typesOf] names of layers of which only types (never values) may be imported
 * @property {boolean} [isForTests] whether all of it exists for tests
 * @property {boolean} [pageApiTypes] whether types (never values) of `electron/contract/http.ts` are allowed
 */

/** The areas of the engine: each is a folder of `electron/engine/areas`. They reach each other only through their services. */
export const AREAS = [
  'access-tokens',
  'app',
  'audience',
  'campaigns',
  'erasure',
  'keys',
  'overview',
  'pictures',
  'receipts',
  'rehearsal',
  'server',
  'settings',
  'subscriptions',
  'templates',
  'worker-check',
  'workers',
];
const areaLayer = (/** @type {string} */ area) => `area ${area}`;

/** What areas build on. */
const BELOW_AREAS = [
  'ground',
  'http',
  'serve',
  'workers',
  'dispatch',
  'wire',
  'net',
  'keys',
  'store',
  'base',
  'core',
  'contract',
  'files',
];

/**
 * The folders of the window, and what each may import; the test of this table fails on a circle among them.
 * @typedef {{folder: string, mayImport: string[], externals: string[], typesOf?: string[], port?: boolean}} RendererPart `port`: whether it
 * talks to the engine directly
 */

/** What screens are made of. */
const BELOW_FEATURES = ['format', 'words', 'ui', 'api', 'navigation', 'audience', 'compose-draft'];
const COMPONENTS = ['react', '@mantine/core', '@tabler/icons-react'];
const FEATURE_EXTERNALS = [
  ...COMPONENTS,
  '@mantine/{hooks,form,dropzone}',
  '@tanstack/react-query',
  'wouter',
  'zod',
];

/**
 * The screens of the window, and whose parts each of them shows.
 * @type {Readonly<Record<string, string[]>>}
 */
const FEATURES = {
  campaigns: [],
  compose: ['rehearsal'],
  keys: [],
  overview: ['campaigns', 'keys', 'rehearsal', 'server'],
  rehearsal: ['campaigns'],
  server: [],
  settings: [],
  subscriptions: ['server'],
  workspaces: [],
};
const featureFolder = (/** @type {string} */ feature) => `features/${feature}`;
const partLayer = (/** @type {string} */ folder) => `window ${folder}`;

/** @type {readonly RendererPart[]} */
export const RENDERER_PARTS = [
  { folder: 'format', mayImport: [], externals: [] },
  { folder: 'words', mayImport: ['format'], externals: ['@tabler/icons-react'] },
  {
    // It is given what it shows, and never asks the engine.
    folder: 'ui',
    mayImport: ['words', 'format'],
    externals: [...COMPONENTS, '@mantine/{hooks,notifications}', '@tanstack/react-virtual', 'uqr'],
  },
  {
    // Gives components data in the form that they take.
    folder: 'api',
    mayImport: [],
    typesOf: ['ui'],
    externals: ['react', 'zod', '@orpc/*', '@tanstack/react-query'],
    port: true,
  },
  { folder: 'navigation', mayImport: [], externals: ['react', '@tabler/icons-react'] },
  {
    // Filters, segments and tags, as Subscriptions and Compose both show them.
    folder: 'audience',
    mayImport: ['api', 'ui', 'words', 'format'],
    externals: [...COMPONENTS, '@tanstack/react-query'],
  },
  {
    folder: 'compose-draft',
    mayImport: ['api', 'ui', 'words', 'format'],
    externals: [...COMPONENTS, '@tanstack/react-query', 'zod'],
  },
  ...Object.entries(FEATURES).map(([feature, shows]) => ({
    folder: featureFolder(feature),
    mayImport: [...BELOW_FEATURES, ...shows.map(featureFolder)],
    externals: FEATURE_EXTERNALS,
  })),
  {
    folder: 'app',
    mayImport: [...Object.keys(FEATURES).map(featureFolder), ...BELOW_FEATURES],
    externals: [
      ...COMPONENTS,
      '@fontsource-variable/*',
      '@mantine/{hooks,notifications}',
      '@tanstack/react-query',
      'wouter',
    ],
  },
];

/**
 * Who may import what. Default deny: a folder or package that is not named here may not be imported.
 * @type {readonly Layer[]}
 */
export const LAYERS = [
  {
    name: 'contract',
    folder: 'electron/contract',
    mayImport: [],
    externals: ['zod', '@orpc/contract'],
    node: false,
  },
  {
    name: 'core',
    folder: 'electron/core',
    mayImport: ['contract'],
    // Parsers, and calendars, which decide as little as core does.
    externals: ['papaparse', 'yaml', 'temporal-polyfill', 'mustache', 'htmlparser2'],
    node: false,
  },
  {
    name: 'port',
    folder: 'electron/port',
    mayImport: ['contract'],
    externals: [
      'zod',
      '@orpc/client',
      '@orpc/contract',
      '@orpc/server',
      '@orpc/standard-server-peer',
      'fast-check',
    ],
    node: false,
  },
  { name: 'files', folder: 'electron/files', mayImport: ['contract'], externals: [], node: true },
  {
    name: 'base',
    folder: 'electron/engine/base',
    mayImport: ['core', 'contract', 'files'],
    externals: ['pino', '@orpc/contract'],
    node: true,
    testsMayImport: ['engine'],
  },
  {
    name: 'net',
    folder: 'electron/engine/net',
    mayImport: ['base', 'core', 'contract'],
    externals: ['undici', 'ipaddr.js'],
    node: true,
    testsMayImport: ['wire', 'engine', 'local-push-service'],
  },
  {
    // Knows no store and no private key, and decides nothing: it may run on another machine.
    name: 'wire',
    folder: 'electron/engine/wire',
    mayImport: ['net', 'base', 'core', 'contract'],
    externals: ['undici', 'web-push', 'zod'],
    node: true,
    testsMayImport: ['engine', 'local-push-service'],
  },
  {
    name: 'store',
    folder: 'electron/engine/store',
    mayImport: ['base', 'core', 'contract', 'files'],
    externals: ['better-sqlite3', 'zod'],
    node: true,
    testsMayImport: ['engine'],
  },
  {
    // For other machines that send too. It hands over what dispatch has decided, and decides nothing itself.
    name: 'workers',
    folder: 'electron/engine/workers',
    mayImport: ['wire', 'store', 'base', 'core', 'contract'],
    externals: ['zod', 'pg', 'pg-boss'],
    node: true,
    testsMayImport: ['engine'],
  },
  {
    name: 'dispatch',
    folder: 'electron/engine/dispatch',
    mayImport: ['store', 'keys', 'wire', 'base', 'core', 'contract', 'files'],
    externals: ['web-push', 'zod'],
    node: true,
    testsMayImport: ['engine', areaLayer('campaigns')],
  },
  {
    name: 'keys',
    folder: 'electron/engine/keys',
    mayImport: ['store', 'base', 'core', 'contract', 'files'],
    externals: ['zod', 'web-push'],
    node: true,
    testsMayImport: ['engine'],
  },
  {
    // Binds the contract to its implementations; knows no area and no transport.
    name: 'serve',
    folder: 'electron/engine/serve',
    mayImport: ['store', 'base', 'core', 'contract'],
    externals: ['@orpc/server', '@orpc/contract', 'zod'],
    node: true,
    testsMayImport: ['engine', 'keys'],
  },
  {
    name: 'http',
    folder: 'electron/engine/http',
    mayImport: ['serve', 'port', 'base', 'core', 'contract', 'files'],
    externals: ['fastify', '@fastify/*', '@orpc/*', 'ws', 'zod'],
    node: true,
    testsMayImport: ['engine', 'keys'],
  },
  {
    name: 'local-push-service',
    folder: 'electron/engine/local-push-service',
    mayImport: ['base', 'core', 'contract', 'files'],
    externals: ['jose', 'ws', 'zod', '@peculiar/x509', 'reflect-metadata', 'http_ece'],
    node: true,
    testsMayImport: ['engine', 'keys', 'wire', 'net'],
  },
  ...AREAS.map((area) => ({
    name: areaLayer(area),
    folder: `electron/engine/areas/${area}`,
    mayImport: [...BELOW_AREAS, ...(area === 'rehearsal' ? ['local-push-service'] : [])],
    servicesOf: AREAS.filter((other) => other !== area).map(areaLayer),
    externals: [
      'zod',
      ...(area === 'server' ? ['fastify', 'fflate'] : []),
      // The interpreter of the sandbox.
      ...(area === 'worker-check' ? ['quickjs-emscripten-core', '@jitl/*'] : []),
    ],
    node: true,
    testsMayImport: ['engine', 'local-push-service', ...AREAS.map(areaLayer)],
  })),
  {
    // What an area is, and what it is given.
    name: 'ground',
    folder: 'electron/engine/areas',
    mayImport: ['serve', 'workers', 'keys', 'store', 'base', 'contract'],
    externals: [],
    node: false,
  },
  {
    name: 'engine',
    folder: 'electron/engine',
    mayImport: [...AREAS.map(areaLayer), ...BELOW_AREAS, 'local-push-service', 'port'],
    externals: ['!{electron,electron-*}'],
    node: true,
  },
  {
    name: 'main',
    folder: 'electron/main',
    // The line to a server takes the same proxies as the engine here.
    mayImport: ['contract', 'core', 'files', 'port', 'net'],
    externals: [
      'electron',
      'electron-window-state',
      'zod',
      '@jellybrick/dbus-next',
      '@orpc/client',
      '@orpc/contract',
      '@orpc/server',
      'ws',
    ],
    node: true,
  },
  { name: 'preload', folder: 'electron/preload', mayImport: [], externals: ['electron'], node: false },
  {
    // What puts a component on a page, before an engine that answers as a test says: for tests alone.
    name: 'component-testing',
    isForTests: true,
    folder: 'renderer/testing',
    mayImport: ['app', 'api', 'ui'].map(partLayer).concat('contract', 'core'),
    externals: ['react', 'wouter', 'vitest', '@mantine/*', '@orpc/client', '@testing-library/*'],
    node: false,
  },
  ...RENDERER_PARTS.map(({ folder, mayImport, externals, typesOf = [], port = false }) => ({
    name: partLayer(folder),
    folder: `renderer/${folder}`,
    mayImport: [...mayImport.map(partLayer), 'contract', 'core', ...(port ? ['port'] : [])],
    typesOf: typesOf.map(partLayer),
    externals,
    node: false,
    testsMayImport: ['component-testing'],
  })),
  {
    // Puts the window on its page.
    name: 'renderer',
    folder: 'renderer',
    mayImport: ['api', 'app'].map(partLayer),
    externals: ['react', 'react-dom'],
    node: false,
  },
  { name: 'web-demo', folder: 'web-demo', mayImport: [], externals: [], node: false, pageApiTypes: true },
  {
    name: 'test',
    folder: 'test',
    isForTests: true,
    mayImport: [
      'contract',
      'core',
      'files',
      'port',
      'base',
      'net',
      'wire',
      'store',
      'keys',
      'workers',
      'dispatch',
      'serve',
      'http',
      'local-push-service',
      ...AREAS.map(areaLayer),
      'ground',
      'engine',
      'main',
      'preload',
      ...RENDERER_PARTS.map(({ folder }) => partLayer(folder)),
      'renderer',
      'web-demo',
      'build',
    ],
    externals: ['*', '@*/*'],
    node: true,
  },
  { name: 'build', folder: 'build', mayImport: [], externals: ['*', '@*/*'], node: true },
];

/** What a `*.test.ts` beside the code, and its helpers, may use on top of its layer. Node's own modules are allowed too. */
export const EXTERNALS_OF_TESTS = [
  'vitest',
  'fast-check',
  'better-sqlite3',
  'web-push',
  '@orpc/server',
  '@seriousme/openapi-schema-validator',
  'fake-indexeddb',
  '@testing-library/react',
];
