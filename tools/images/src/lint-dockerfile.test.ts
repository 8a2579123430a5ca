import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { lintDockerfile } from './lint-dockerfile.ts'

const dockerfile = readFileSync(join(import.meta.dirname, '../../../Dockerfile'), 'utf8')

describe('the Dockerfile of the services', () => {
  it('has nothing that the linter minds', () => {
    expect(lintDockerfile(dockerfile)).toEqual([])
  })

  it.each([
    ['a misspelt instruction', ['WORKDIR /app', 'WROKDIR /app'], 'WROKDIR'],
    ['a base without a version', [':24.21.0-trixie-slim', ''], 'node names no version'],
    ['the newest of a base', [':24.21.0-trixie-slim', ':latest'], 'node:latest names no version'],
    ['root', ['USER nonroot', 'USER root'], 'does not run as nonroot'],
    [
      'another base',
      ['distroless/nodejs24-debian13:nonroot', 'distroless/nodejs24-debian13:debug'],
      'is not distroless',
    ],
    ['a shell between', [/CMD .*/, 'CMD node main.js'], 'a shell would keep the signals'],
    ['a command where it runs', ['USER nonroot', 'RUN true\nUSER nonroot'], 'the last stage runs commands'],
    ['a secret', ['ENV NX_DAEMON=false', 'ENV NPM_TOKEN=abc'], 'keeps a secret in the image'],
    [
      'an install past the lockfile',
      ['npm ci --omit=dev', 'npm install --omit=dev'],
      'keeps to the lockfile',
    ],
    ['an ADD', ['COPY . .', 'ADD . .'], 'COPY says what it does'],
    ['a missing label', ['org.opencontainers.image.revision', 'revision'], 'image.revision is missing'],
  ] as const)('is refused with %s', (_, [found, written], complaint) => {
    const changed = dockerfile.replace(found, written)
    expect(changed).not.toBe(dockerfile)
    expect(lintDockerfile(changed).join('\n')).toContain(complaint)
  })
})
