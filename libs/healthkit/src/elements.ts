import type { ReadContext } from './context.ts'
import { isObject } from './json.ts'
import { type Reading, rejection, type TakeApart } from './reading.ts'
import { toSample } from './to-sample.ts'

/** Where a list stands in a body. */
export interface ListPlace {
  readonly path: string
  /** What its elements are, for those that cannot be read; null where the list does not say. */
  readonly type?: string | null
  readonly context: ReadContext
}

/** A reading, or several, of every element of a list; an element that is no object is refused in its place. */
export function* readElements(
  items: readonly unknown[],
  { path, type = null, context }: ListPlace,
  takeApart: TakeApart,
): Generator<Reading> {
  for (let index = 0; index < items.length; index += 1) {
    const item = items[index]
    const at = `${path}[${index}]`
    if (!isObject(item)) yield rejection(at, type, 'is not an object')
    else for (const raw of takeApart(item, at)) yield toSample(raw, context)
  }
}
