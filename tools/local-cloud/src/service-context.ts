import { join } from 'node:path'
import { openDatabase } from './database.ts'
import type { ServiceContext } from './emulated-service.ts'
import { createFaults } from './faults.ts'
import { createTokenIssuer } from './issuer/token-issuer.ts'
import { createTopics } from './topics.ts'

/** What all parts share: one database (in memory without `dataDir`), one list of faults, one issuer of tokens, one set of topics. */
export function createServiceContext(options: {
  projectId: string
  dataDir?: string | undefined
}): ServiceContext {
  const database = openDatabase(options.dataDir ? join(options.dataDir, 'local-cloud.sqlite') : ':memory:')
  return {
    projectId: options.projectId,
    database,
    faults: createFaults(),
    issuer: createTokenIssuer(database),
    topics: createTopics(),
  }
}
