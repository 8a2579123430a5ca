import { join } from 'node:path'
import { type Metafile, type Plugin, build } from 'esbuild'
import { compileModulesEagerly } from './eager-modules.ts'
import { HOOKED_PACKAGES } from './hooked-packages.ts'
import { oneCopyOfEach } from './one-copy-of-each.ts'
import { requiredModules } from './required-modules.ts'
import type { ServiceName } from './services.ts'
import { unusedParts } from './unused-parts.ts'

/** Packages that stay packages: those that tracing hooks, the one with native code, and the one that is served as files. */
const EXTERNAL = [...HOOKED_PACKAGES, 'onnxruntime-node', 'swagger-ui-dist']

/** CommonJS code in an ES module has no `require` and no folder of its own. */
const COMMON_JS_NAMES = [
  "import{createRequire as createRequireOfBundle}from'node:module'",
  'const require=createRequireOfBundle(import.meta.url)',
  'const __filename=import.meta.filename,__dirname=import.meta.dirname',
].join(';')

/** A worker is started from a file: the bundle's file of it, not the source. */
const workerFiles: Plugin = {
  name: 'worker-files',
  setup: ({ onLoad }) => {
    onLoad({ filter: /inference\.ts$/ }, async ({ path }) => {
      const { readFile } = await import('node:fs/promises')
      const source = await readFile(path, 'utf8')
      return {
        contents: source.replace(
          /new URL\('\.\/([\w-]+)\.ts', import\.meta\.url\)/,
          "new URL('./$1.js', import.meta.url)",
        ),
        loader: 'ts',
      }
    })
  },
}

export interface Bundle {
  /** Names of the packages that the bundle imports as packages. */
  readonly packages: readonly string[]
}

/**
 * Writes a service as ES modules with everything but `EXTERNAL` in them: `preload.js`, `main.js` and the worker that it
 * starts, and the chunks that they share.
 */
export async function bundleService(
  service: ServiceName,
  { workspace, out }: { workspace: string; out: string },
): Promise<Bundle> {
  const { metafile } = await build({
    absWorkingDir: workspace,
    entryPoints: {
      main: join('apps', service, 'src/main.ts'),
      preload: 'libs/telemetry/src/preload.ts',
      ...(service === 'analysis' && { 'inference-worker': 'libs/pat-model/src/inference-worker.ts' }),
    },
    outdir: out,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    external: EXTERNAL.flatMap((name) => [name, `${name}/*`]),
    plugins: [workerFiles, unusedParts, requiredModules(EXTERNAL), oneCopyOfEach(workspace)],
    banner: { js: COMMON_JS_NAMES },
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'external',
    metafile: true,
    logLevel: 'warning',
  })
  const files = Object.keys(metafile.outputs).filter((path) => path.endsWith('.js'))
  for (const path of files) await compileModulesEagerly(join(workspace, path))
  return { packages: packagesIn(metafile) }
}

function packagesIn({ outputs }: Metafile): string[] {
  const imported = Object.values(outputs).flatMap(({ imports }) =>
    imports.filter(({ external }) => external).map(({ path }) => path),
  )
  return EXTERNAL.filter((name) => imported.some((path) => path === name || path.startsWith(`${name}/`)))
}
