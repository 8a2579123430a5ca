// The one step that runs on whatever Node a clone finds (18 or newer): it installs what package-lock.json
// names and is not there yet, then hands over to the Node that the workspace pins.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pinnedNode = join(root, 'node_modules', 'node', 'bin', 'node')

function lockedPackages(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : {}
}

/** npm keeps what it installed in a hidden lockfile; it is complete when it has every locked package at its version. */
function isInstalled() {
  const wanted = lockedPackages(join(root, 'package-lock.json'))
  const present = lockedPackages(join(root, 'node_modules', '.package-lock.json'))
  const isPresent = ([path, entry]) => {
    if (!path.startsWith('node_modules/') || entry.optional) return true
    return entry.link ? path in present : present[path]?.version === entry.version
  }
  return existsSync(pinnedNode) && Object.entries(wanted).every(isPresent)
}

function install() {
  console.error('Installing what package-lock.json names (once)...')
  const npm = process.env.npm_execpath
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error']
  const { status } = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (status !== 0 || !existsSync(pinnedNode)) {
    console.error('The install failed; the lines above say why. Nothing was started.')
    process.exit(1)
  }
}

if (!isInstalled()) install()

const child = spawn(pinnedNode, process.argv.slice(2), {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter) },
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
// A signal to npm ends npm and its shell and gets no further: once they are gone, nobody is left to stop this.
const parent = process.ppid
const watch = setInterval(() => {
  if (!process.env.npm_lifecycle_event || process.ppid === parent) return
  clearInterval(watch)
  child.kill('SIGTERM')
}, 500)
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
