import { builtinModules } from 'node:module'
import nx from '@nx/eslint-plugin'
import importX from 'eslint-plugin-import-x'
import tseslint from 'typescript-eslint'

const LAYERS = {
  kernel: [],
  domain: ['kernel', 'domain'],
  contract: ['kernel', 'domain'],
  adapter: ['kernel', 'domain', 'contract'],
  platform: ['kernel', 'domain', 'contract', 'platform'],
  emulator: ['kernel'],
  testing: ['kernel', 'domain', 'contract', 'adapter', 'platform', 'emulator'],
  app: ['kernel', 'domain', 'contract', 'adapter', 'platform'],
  tool: ['kernel', 'domain', 'contract', 'adapter', 'platform', 'emulator', 'testing', 'tool'],
}

const SCOPES = {
  shared: ['shared'],
  ingestion: ['shared', 'ingestion'],
  analysis: ['shared', 'analysis'],
  insight: ['shared', 'insight'],
  tooling: ['shared', 'tooling', 'analysis'],
}

const CLOUD_SDKS = ['@google-cloud/*', 'firebase-admin', 'firebase-admin/*', 'onnxruntime-node']

const tagged = (kind, table, extra = []) =>
  Object.entries(table).map(([name, allowed]) => ({
    sourceTag: `${kind}:${name}`,
    onlyDependOnLibsWithTags: [...allowed, ...extra].map((tag) =>
      tag.includes(':') ? tag : `${kind}:${tag}`,
    ),
  }))

const externals = [
  { sourceTag: 'type:kernel', allowedExternalImports: [] },
  { sourceTag: 'type:domain', allowedExternalImports: ['zod'] },
  { sourceTag: 'type:contract', allowedExternalImports: ['zod'] },
  { sourceTag: 'type:app', bannedExternalImports: CLOUD_SDKS },
  // The Cloud Trace exporter is the one cloud package of the platform: it belongs to telemetry.
  {
    sourceTag: 'type:platform',
    bannedExternalImports: CLOUD_SDKS.slice(1).concat(
      ['pubsub', 'storage', 'firestore', 'vertexai'].map((name) => `@google-cloud/${name}`),
    ),
  },
]

const boundaries = (depConstraints) => [
  'error',
  { enforceBuildableLibDependency: false, checkDynamicDependenciesExceptions: [], allow: [], depConstraints },
]

const DOMAIN = [
  'libs/failure/**',
  'libs/health-data/**',
  'libs/healthkit/**',
  'libs/actigraphy/**',
  'libs/vitals/**',
]
const TESTS = [
  '**/*.test.ts',
  '**/tests/**/*.ts',
  '**/testing/**/*.ts',
  '**/conformance/**/*.ts',
  '**/conformance-table.ts',
]

const restricted = {
  syntax: [
    { selector: 'ExportAllDeclaration', message: 'Name each export.' },
    { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
    {
      selector:
        "CallExpression[callee.object.name='jest'][callee.property.name=/^(mock|doMock|unstable_mockModule)$/]",
      message: 'No module mocks: use the local cloud, its faults, or an argument.',
    },
  ],
  processEnv: {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message: 'Only config files read the environment.',
  },
  clock: [
    {
      selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
      message: 'Time is an argument.',
    },
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is an argument.' },
    { selector: "CallExpression[callee.object.name='performance']", message: 'Time is an argument.' },
    { selector: "CallExpression[callee.object.name='crypto']", message: 'No randomness in the domain.' },
    {
      selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
      message: 'No randomness in the domain.',
    },
  ],
}

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/**',
      '**/dist/**',
      '**/coverage/**',
      '.nx/**',
      '.clarity/**',
      'tools/verify/fixtures/**',
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mjs'],
    plugins: { '@nx': nx, 'import-x': importX },
    settings: {
      'import-x/extensions': ['.ts', '.mjs'],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
      'import-x/resolver': { node: { extensions: ['.ts', '.mjs', '.js'] } },
    },
    rules: {
      'max-lines': ['error', { max: 300 }],
      'max-params': ['error', { max: 3 }],
      'no-restricted-syntax': ['error', ...restricted.syntax, restricted.processEnv],
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['{apps,libs,tools}/**/*.ts'],
    ignores: TESTS,
    rules: {
      'max-lines-per-function': ['error', { max: 60 }],
      '@nx/enforce-module-boundaries': boundaries([
        ...tagged('type', LAYERS),
        ...tagged('scope', SCOPES),
        ...externals,
      ]),
    },
  },
  {
    files: TESTS,
    rules: {
      // Tests run on the local cloud with the clients that the services use; they may reach everything but an app.
      '@nx/enforce-module-boundaries': boundaries([
        ...tagged('type', LAYERS, [
          'type:testing',
          'type:emulator',
          'type:platform',
          'type:contract',
          'type:kernel',
          'type:domain',
          'type:adapter',
        ]),
        ...tagged('scope', SCOPES, ['scope:tooling', 'scope:shared', 'scope:analysis', 'scope:insight']),
      ]),
    },
  },
  {
    files: TESTS,
    rules: { 'max-params': 'off' },
  },
  {
    files: ['**/config.ts', '**/*-config.ts', ...TESTS],
    rules: { 'no-restricted-syntax': ['error', ...restricted.syntax] },
  },
  {
    files: ['{apps,libs}/**/*.ts'],
    ignores: TESTS,
    rules: { 'no-console': 'error' },
  },
  {
    files: DOMAIN,
    ignores: TESTS,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['node:*'], message: 'The domain is pure.' }],
          paths: builtinModules.map((name) => ({ name, message: 'The domain is pure.' })),
        },
      ],
      'no-restricted-syntax': ['error', ...restricted.syntax, restricted.processEnv, ...restricted.clock],
    },
  },
  {
    // Plain JavaScript that runs before or around the workspace: tool configuration and the first step of a clone.
    files: ['**/*.mjs'],
    rules: { 'no-restricted-syntax': 'off' },
  },
)
