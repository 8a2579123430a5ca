/** A run of equal states: minutes `start` … `end` − 1. */
export interface StateRun {
  readonly state: number
  readonly start: number
  readonly end: number
}

/** The runs of equal states within [from, to), in order; none where the range is empty. */
export function stateRuns(states: Int8Array, from = 0, to = states.length): StateRun[] {
  const runs: StateRun[] = []
  for (let start = from; start < to;) {
    const state = states[start]!
    let end = start + 1
    while (end < to && states[end] === state) end += 1
    runs.push({ state, start, end })
    start = end
  }
  return runs
}
