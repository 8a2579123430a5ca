// Writes the tables of variables and outputs into the README of each Terraform module.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { withTables } from './module-tables.ts'
import { REPOSITORY, moduleNames, read, readModule } from './repository.ts'

for (const name of moduleNames()) {
  const path = `infra/modules/${name}/README.md`
  writeFileSync(join(REPOSITORY, path), withTables(read(path), readModule(name)))
}
