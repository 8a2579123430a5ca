import { silentRules } from './lint-fixture.ts'

const silent = await silentRules()
for (const rule of silent) console.error(`The bad fixture passes: ${rule}`)
console.log(silent.length === 0 ? 'Every house rule fires on the bad fixture.' : '')
process.exitCode = silent.length === 0 ? 0 : 1
