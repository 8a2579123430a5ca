import type { Analysis, Insight } from '@clarity/contracts'
import type { Measure } from '@clarity/health-data'
import type { Credentials, Outcome } from './api-client.ts'

/** The insight as a person reads it, with the measures it rests on and what finds it again. */
export function insightReport({ processing, analysis, insight }: Outcome): string {
  if (!analysis || !insight) {
    return `The upload ${processing.upload_id} is complete, but held nothing to analyse.`
  }
  const points = [...insight.key_insights, ...insight.recommendations]
  const evidence = [...new Set(points.flatMap((point) => point.evidence))]
  return [
    '',
    insight.narrative,
    '',
    ...insight.key_insights.map(({ text }) => `  - ${text}`),
    ...insight.recommendations.map(({ text }) => `  > ${text}`),
    ...insight.red_flags.flatMap(flagLines),
    '',
    `Measures behind it (${analysis.window.start} to ${analysis.window.end}, ${analysis.window.timezone}):`,
    ...evidence.map((path) => `  ${path.padEnd(34)} ${measureText(measureAt(analysis, path))}`),
    '',
    `written by ${insight.source} (${insight.model}), confidence ${insight.confidence.value.toFixed(2)}: ${insight.confidence.basis}`,
    `model      ${analysis.pat.model.name}: ${analysis.pat.status}, ${analysis.pat.model.provenance}`,
    insight.disclaimer,
    '',
    `upload     ${processing.upload_id}`,
    `analysis   ${analysis.analysis_id}`,
    `insight    ${insight.insight_id}`,
    `trace      ${processing.trace_id}`,
  ].join('\n')
}

function flagLines({ title, measure, value, unit, citation }: Insight['red_flags'][number]): string[] {
  return [`  ! ${title} (${measure} ${Number(value.toFixed(3))} ${unit})`, `    ${citation}`]
}

function measureAt(analysis: Analysis, path: string): Measure | undefined {
  const [section = '', name = ''] = path.split('.')
  const deviation = analysis.baseline_deviations.find(
    ({ measure }) => path === `baseline_deviations.${measure}`,
  )
  if (deviation) return { value: deviation.difference, unit: deviation.unit, method: 'own baseline' }
  return (analysis as unknown as Record<string, Record<string, Measure>>)[section]?.[name]
}

function measureText(measure: Measure | undefined): string {
  if (!measure) return ''
  const { value, unit, reason } = measure
  if (value === null) return `not known: ${reason}`
  return `${typeof value === 'number' ? Number(value.toFixed(3)) : value} ${unit}`
}

export interface Urls {
  readonly ingestion: string
  readonly admin: string
}

/** Where to look next, and how to call the API. */
export function nextSteps(
  urls: Urls,
  credentials: Credentials,
  session: { token: string; traceId: string | null },
): string {
  const base = `${urls.ingestion}/api/v1`
  return [
    '',
    `API        ${base}`,
    `try it     ${urls.ingestion}/docs`,
    `summary    ${base}/health-data/summary?start=YYYY-MM-DD&end=YYYY-MM-DD`,
    `trace      ${urls.admin}/admin/traces${session.traceId ? `/${session.traceId}` : ''}`,
    `console    ${urls.admin}`,
    `user       ${credentials.email}  password ${credentials.password}`,
    '',
    `export TOKEN=${session.token}`,
  ].join('\n')
}
