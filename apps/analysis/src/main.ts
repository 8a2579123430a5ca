import { exitOnBadEnv, runUntilSignal } from '@clarity/service-shell'
import { envToConfig } from './config.ts'
import { createAnalysisService } from './service.ts'

const config = exitOnBadEnv(() => envToConfig(process.env))
const service = await createAnalysisService(config)
await runUntilSignal(service)
