import type { ServiceClient } from '@clarity/identity'
import type { DocumentedRoute, ReadinessCheck } from '@clarity/service-shell'
import { type AnalysesParts, getAnalyses } from './get-analyses.ts'
import { getAnalysis } from './get-analysis.ts'
import { getHealth } from './get-health.ts'
import { getModelInfo } from './get-model-info.ts'
import { postAnalyze } from './post-analyze.ts'

export interface PatParts extends AnalysesParts {
  readonly analysis: ServiceClient
  readonly checks: readonly ReadinessCheck[]
}

/** Analyses: those that were made of uploads, and those that are made at once. */
export function patRoutes({ analysis, checks, ...parts }: PatParts): DocumentedRoute[] {
  return [
    ...postAnalyze(analysis),
    getAnalyses(parts),
    getAnalysis(parts.records, parts.subject),
    getModelInfo(analysis),
    getHealth('/api/v1/pat/health', [
      ...checks,
      { name: 'analysis', check: (signal) => analysis.check(signal) },
    ]),
  ]
}
