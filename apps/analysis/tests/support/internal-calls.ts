import type { Analysis, InternalAnalyze } from '@clarity/contracts'
import { type AnalysisWorld, INTERNAL_CALLER } from './analysis-on-local-cloud.ts'

export interface InternalAnswer {
  readonly status: number
  readonly body: Analysis & { readonly errors?: readonly { path: string; reason: string }[]; type?: string }
}

/** Calls of the internal routes in the name of ingestion. */
export interface InternalCalls {
  analyze(asked: object): Promise<InternalAnswer>
  counts(request: object, userId?: string): Promise<InternalAnswer>
  steps(request: object, userId?: string): Promise<InternalAnswer>
}

export async function internalCalls(world: AnalysisWorld): Promise<InternalCalls> {
  const authorization = `Bearer ${await world.token({ email: INTERNAL_CALLER })}`
  const analyze = async (asked: object): Promise<InternalAnswer> => {
    const response = await fetch(`${world.url}/internal/analyze`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    })
    return { status: response.status, body: (await response.json()) as InternalAnswer['body'] }
  }
  const of =
    (signal: InternalAnalyze['signal']) =>
    (request: object, user_id = 'somebody') =>
      analyze({ signal, user_id, request })
  return { analyze, counts: of('activity_counts'), steps: of('steps') }
}

/** A week from midnight on, active in the day: `base` counts a minute, and more of them minute by minute. */
export function activityWeek(minutes = 10_080): number[] {
  return Array.from({ length: minutes }, (_, minute) =>
    minute % 1440 < 480 ? 0 : 100 + ((minute * 37) % 211),
  )
}
