import { runUntilSignal } from '@clarity/service-shell'
import { readConfig } from './config.ts'
import { createInsightService } from './service.ts'

await runUntilSignal(createInsightService(readConfig()))
