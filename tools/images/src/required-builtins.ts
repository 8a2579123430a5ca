import { builtinModules } from 'node:module'
import type { Plugin } from 'esbuild'

const NAMESPACE = 'required-builtin'

/**
 * Modules of Node that are imported are required instead. An import reads every export of theirs to make a copy, and
 * so loads what they load when it is asked for: `node:http` alone brings all of undici.
 */
export const requiredBuiltins: Plugin = {
  name: 'required-builtins',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^(node:)?[a-z_/]+$/ }, ({ path, kind }) => {
      const name = path.replace(/^node:/, '')
      const isImported = kind === 'import-statement' && builtinModules.includes(name)
      return isImported ? { path: name, namespace: NAMESPACE } : undefined
    })
    onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
      contents: `module.exports = require(${JSON.stringify(`node:${path}`)})`,
      loader: 'js',
    }))
  },
}
