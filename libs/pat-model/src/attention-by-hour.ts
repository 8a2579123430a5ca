const HOURS = 24
const MINUTES_PER_HOUR = 60
const DECIMALS = 1e6

/**
 * Which hours of the day weighed most: of each clock hour the share of the attention that its minutes received, 24
 * values, 1 in total, to 6 decimals. `attention` as in `PatEmbedding`; a patch's share is spread evenly over its minutes.
 * `clockMinuteOf` names the clock minute (0..1439) of each minute of the week: the clocks may have changed within it. A
 * description of what the encoder looked at, not of the person. Source: the authors' explainability notebook (last layer, sum over queries, mean over heads).
 */
export function attentionByHour(
  attention: Float32Array,
  clockMinuteOf: (minute: number) => number,
): number[] {
  const minutes = 7 * HOURS * MINUTES_PER_HOUR
  const patchMinutes = minutes / attention.length
  const total = attention.reduce((sum, share) => sum + share, 0)
  const hours = new Float64Array(HOURS)
  for (let minute = 0; minute < minutes; minute += 1) {
    const hour = Math.floor(clockMinuteOf(minute) / MINUTES_PER_HOUR)
    hours[hour]! += attention[Math.floor(minute / patchMinutes)]! / patchMinutes / total
  }
  return Array.from(hours, (share) => Math.round(share * DECIMALS) / DECIMALS)
}
