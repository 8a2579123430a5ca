import { runUntilSignal } from '@clarity/service-shell'
import { readConfig } from './config.ts'
import { createAnalysisService } from './service.ts'

await runUntilSignal(createAnalysisService(readConfig()))
