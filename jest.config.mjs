import { availableParallelism } from 'node:os'

// The one suite of the workspace. Node runs the sources as they are (ES modules, types stripped); jest
// compiles the same sources to CommonJS, because its module registry handles those without flags.
const compiled = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2024' },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
}

const ES_MODULES = [
  '@opentelemetry/otlp-exporter-base',
  '@seriousme/openapi-schema-validator',
  'cockatiel',
  'data-uri-to-buffer',
  'fetch-blob',
  'formdata-polyfill',
  'gaxios',
  'h5wasm',
  'jose',
  'node-fetch',
  'teeny-request',
]

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/tools'],
  testMatch: ['**/*.test.ts'],
  setupFiles: ['<rootDir>/tools/verify/src/test-environment.mjs'],
  transform: {
    '\\.(ts|mjs)$': ['@swc/jest', compiled],
    'node_modules/.+\\.js$': ['@swc/jest', compiled],
  },
  // These packages are ES modules, or import some dynamically, which jest's CommonJS registry cannot load as they are.
  transformIgnorePatterns: [`/node_modules/(?!(${ES_MODULES.join('|')})/)`],
  // Looked up through the test's context these cost hot loops half of their time.
  sandboxInjectedGlobals: [
    'Array',
    'Float32Array',
    'Float64Array',
    'JSON',
    'Map',
    'Math',
    'Number',
    'Object',
    'Set',
    'String',
    'Uint8Array',
  ],
  testTimeout: 30000,
  // Jest leaves one core free; the tests of whole services often wait, and a third worker takes what they leave.
  maxWorkers: availableParallelism() + 1,
  workerIdleMemoryLimit: '1500MB',
  reporters: ['default', '<rootDir>/tools/verify/src/tally-reporter.mjs'],
  collectCoverageFrom: ['{apps,libs}/*/src/**/*.ts', '!**/main.ts', '!**/*.test.ts'],
  coverageReporters: ['text-summary', 'json-summary'],
  coverageThreshold: { global: { lines: 90 } },
}
