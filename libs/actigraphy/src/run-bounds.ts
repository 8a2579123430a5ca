/**
 * Where the runs of equal states begin, ascending, and after them the end of the last: run k is of minutes
 * `bounds[k]` … `bounds[k + 1]` − 1, all in the state of the first. Of no states only the end, 0.
 */
export function runBounds(states: Int8Array): number[] {
  const bounds: number[] = []
  for (let index = 0; index < states.length; index += 1) {
    if (index === 0 || states[index] !== states[index - 1]) bounds.push(index)
  }
  bounds.push(states.length)
  return bounds
}
