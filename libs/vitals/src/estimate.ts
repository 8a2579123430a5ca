/** A figure, or null with the reason why there is none. It is never a default. */
export type Estimate<T = number> =
  { readonly value: T; readonly reason?: undefined } | { readonly value: null; readonly reason: string }

export function known<T>(value: T): Estimate<T> {
  return { value }
}

export function absent(reason: string): Estimate<never> {
  return { value: null, reason }
}
