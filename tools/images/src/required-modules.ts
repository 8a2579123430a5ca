import { builtinModules } from 'node:module'
import type { Plugin } from 'esbuild'

const NAMESPACE = 'required'

/**
 * Modules of Node, and of the packages that stay packages, are required where they are imported. An import of Node's
 * reads every export to make a copy, and so loads what they load when it is asked for: `node:http` alone brings all of
 * undici. And what is required is hooked by tracing without hooks in the loader, which every module would pay for.
 */
export function requiredModules(packages: readonly string[]): Plugin {
  const isPackage = (path: string) => packages.some((name) => path === name || path.startsWith(`${name}/`))
  return {
    name: 'required-modules',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^[^./]/, namespace: 'file' }, ({ path, kind }) => {
        if (kind !== 'import-statement') return undefined
        if (isPackage(path)) return { path, namespace: NAMESPACE }
        const name = path.replace(/^node:/, '')
        return builtinModules.includes(name) ? { path: `node:${name}`, namespace: NAMESPACE } : undefined
      })
      onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(path)})`,
        loader: 'js',
      }))
    },
  }
}
