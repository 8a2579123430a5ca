import type { ServiceClient } from '@clarity/identity'
import type { DocumentedRoute, ReadinessCheck } from '@clarity/service-shell'
import { generateInsight } from '../use-cases/generate-insight.ts'
import { getHealth } from './get-health.ts'
import { getInsight } from './get-insight.ts'
import { type InsightHistoryParts, getInsightHistory } from './get-insight-history.ts'
import { postGenerateInsight } from './post-generate-insight.ts'

export interface InsightRouteParts extends InsightHistoryParts {
  readonly insight: ServiceClient
  readonly checks: readonly ReadinessCheck[]
}

/** Insights: those that were made of uploads, and those that are asked for. */
export function insightRoutes({ insight, checks, ...parts }: InsightRouteParts): DocumentedRoute[] {
  return [
    postGenerateInsight(generateInsight(insight)),
    getHealth('/api/v1/insights/status', [
      ...checks,
      { name: 'insight', check: (signal) => insight.check(signal) },
    ]),
    ...getInsightHistory(parts),
    // Behind the others under /insights/, whose last words it would take for ids.
    getInsight(parts.records, parts.subject),
  ]
}
