import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stagesOf } from './dockerfile.ts'
import { startCommand } from './start-command.ts'

describe('how an image starts', () => {
  it('is its CMD and ENV, for wherever its tree stands', () => {
    const dockerfile = 'FROM a AS b\nENV X=1\nFROM b\nENV CACHE=/app/cache\nCMD ["--flag", "/app/main.js"]\n'
    expect(startCommand('/trees/one', dockerfile)).toEqual({
      command: ['--flag', '/trees/one/main.js'],
      environment: { CACHE: '/trees/one/cache' },
    })
  })

  it('has the flags with which its compile cache is made: V8 refuses one of other flags', () => {
    const text = readFileSync(join(import.meta.dirname, '../../../Dockerfile'), 'utf8')
    const runs = stagesOf(text).flatMap(({ instructions }) => instructions.map(({ text }) => text))
    const flags = startCommand('/app').command.filter((argument) => /^--(?!import)/.test(argument))
    const making = runs.find((run) => run.includes('runtime-node --'))
    expect(making?.match(/--(?!import)[\w-]+(=\S+)?/g)).toEqual(flags)
  })
})
