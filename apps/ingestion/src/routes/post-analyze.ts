import {
  ANALYSIS_BODY_LIMIT,
  analysisSchema,
  analyzeActivitySchema,
  analyzeStepsSchema,
} from '@clarity/contracts'
import type { ServiceClient } from '@clarity/identity'
import { type DocumentedRoute, ok, route } from '@clarity/service-shell'

const common = {
  method: 'POST',
  auth: 'firebase',
  permission: 'write_own_data',
  bodyLimitBytes: ANALYSIS_BODY_LIMIT,
  answers: { 200: { description: 'The analysis, which is stored and listed.', schema: analysisSchema } },
} as const

/** Analyses that are made at once, of what the request holds alone. */
export function postAnalyze(analysis: ServiceClient): DocumentedRoute[] {
  const analyze = async (asked: object, signal: AbortSignal) =>
    ok((await analysis.call({ method: 'POST', path: '/internal/analyze', body: asked, signal })).body)
  return [
    route({
      ...common,
      path: '/api/v1/pat/analyze',
      summary: 'Analyse activity counts',
      description:
        'Up to two weeks of activity counts, one number a minute; the body has 4 MiB at most. Rhythm measures are of all ' +
        'minutes; the model reads the last 10080 and abstains where there are fewer. A figure that the minutes cannot ' +
        'give is null, with the reason. The same request is the same analysis.',
      body: analyzeActivitySchema,
      bodyExample: {
        start: '2026-03-01T22:00:00+01:00',
        timezone: 'Europe/Berlin',
        activity: [12, 0, 0, null, 148, 306],
        scoring: ['cole-kripke-1992-mean'],
        include: ['epochs'],
        count_scale: 100,
        count_cap: 300,
      },
      handle: ({ caller, body, signal }) =>
        analyze({ signal: 'activity_counts', user_id: caller.userId, request: body }, signal),
    }),
    route({
      ...common,
      path: '/api/v1/pat/analyze-step-data',
      summary: 'Analyse steps',
      description:
        'Steps in intervals, up to 20160 of them; the body has 4 MiB at most. They are cut into days and analysed as those ' +
        'of an upload: the seven days that end with the last one with samples in ten clock hours.',
      body: analyzeStepsSchema,
      bodyExample: {
        timezone: 'Europe/Berlin',
        samples: [
          { start: '2026-03-01T09:00:00+01:00', end: '2026-03-01T09:10:00+01:00', steps: 850 },
          { start: '2026-03-01T10:00:00+01:00', end: '2026-03-01T10:05:00+01:00', steps: 120 },
        ],
      },
      handle: ({ caller, body, signal }) =>
        analyze({ signal: 'steps', user_id: caller.userId, request: body }, signal),
    }),
  ]
}
