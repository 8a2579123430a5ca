import { exitOnBadEnv, runUntilSignal } from '@clarity/service-shell'
import { envToConfig } from './config.ts'
import { createIngestionService } from './service.ts'

const config = exitOnBadEnv(() => envToConfig(process.env))
await runUntilSignal(createIngestionService(config))
