import { readFile } from 'node:fs/promises'
import type { Plugin } from 'esbuild'

/** Modules that packages load at once and that none of our calls comes to; together four megabytes of source. */
const UNUSED = [
  // Every message of Pub/Sub as code; the client itself reads `protos.json`.
  /@google-cloud[/\\]pubsub[/\\]build[/\\]protos[/\\]protos\.js$/,
  /google-gax[/\\]build[/\\]protos[/\\](iam_service|locations|operations)\.js$/,
  // What NodeSDK would export to, by environment variables or a file, were it not told.
  /@opentelemetry[/\\]exporter-zipkin[/\\]build[/\\]src[/\\]index\.js$/,
  /@opentelemetry[/\\]exporter-(trace|metrics|logs)-otlp-(grpc|proto)[/\\]build[/\\]src[/\\]index\.js$/,
  /@opentelemetry[/\\]exporter-(metrics|logs)-otlp-http[/\\]build[/\\]src[/\\]index\.js$/,
  /@opentelemetry[/\\]propagator-(b3|jaeger)[/\\]build[/\\]src[/\\]index\.js$/,
  /@opentelemetry[/\\]sdk-node[/\\]build[/\\]src[/\\]start\.js$/,
]

/** Using what is not there is loud. */
const ABSENT = `module.exports = new Proxy({ __esModule: true }, { get(target, name) {
  if (name in target) return target[name]
  throw new Error('left out of the bundle: ' + String(name))
} })`

/** Pub/Sub's client makes one of these with itself, for access policies alone, which we never ask for. */
const ABSENT_IAM_CLIENT = `exports.IamClient = class {
  initialize() { throw new Error('left out of the bundle: IamClient') }
  async close() {}
}`

/** What would be hooked as it is imported is required in a bundle. */
const NO_LOADER_HOOKS = 'export function register() {}'

/** Descriptors for servers that describe themselves; we are clients. */
const DESCRIPTORS = [
  [/const descriptorList = root\.toDescriptor\('proto3'\)\.file;/, 'const descriptorList = [];'],
  [/const messageDescriptor = message\.toDescriptor\('proto3'\);/, ''],
  [/type: messageDescriptor\.\$type\.toObject\(messageDescriptor, descriptorOptions\),/, 'type: {},'],
] as const

/** Leaves out of the bundle what would only be evaluated, at every start, and never used. */
export const unusedParts: Plugin = {
  name: 'unused-parts',
  setup: ({ onLoad }) => {
    for (const filter of UNUSED) onLoad({ filter }, () => ({ contents: ABSENT, loader: 'js' }))
    onLoad({ filter: /import-in-the-middle[/\\]register-hooks\.mjs$/ }, () => ({
      contents: NO_LOADER_HOOKS,
      loader: 'js',
    }))
    onLoad({ filter: /google-gax[/\\]build[/\\]src[/\\]iamService\.js$/ }, () => ({
      contents: ABSENT_IAM_CLIENT,
      loader: 'js',
    }))
    onLoad({ filter: /@grpc[/\\]proto-loader[/\\]build[/\\]src[/\\]index\.js$/ }, async ({ path }) => ({
      contents: withoutDescriptors(await readFile(path, 'utf8')),
      loader: 'js',
    }))
  },
}

/** Fails where the package reads otherwise than it did when this was written. */
function withoutDescriptors(source: string): string {
  return DESCRIPTORS.reduce((text, [pattern, instead]) => {
    if (!pattern.test(text)) throw new Error(`@grpc/proto-loader has changed: ${pattern.source}`)
    return text.replace(pattern, instead)
  }, source)
}
