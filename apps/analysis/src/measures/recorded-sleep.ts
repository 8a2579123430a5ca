import { type SleepSession, daySleep } from '@clarity/health-data'
import type { AnalysisInput } from './analysis-input.ts'

/** The recorded nights and naps of the window, by the civil day of waking. */
export function recordedSessions({ sleep }: Pick<AnalysisInput, 'sleep'>): Map<string, SleepSession[]> {
  const of = (wanted: string) => sleep.filter(({ type }) => type === wanted)
  const days = daySleep(of('sleep_analysis'), of('sleep_night'))
  return new Map([...days].map(([date, { night, naps }]) => [date, [night, ...naps]]))
}
