import { runUntilSignal } from '@clarity/service-shell'
import { readConfig } from './config.ts'
import { createIngestionService } from './service.ts'

await runUntilSignal(createIngestionService(readConfig()))
