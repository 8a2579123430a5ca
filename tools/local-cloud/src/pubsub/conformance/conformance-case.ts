import type { World } from './world.ts'

/** What a client does, and what it gets: from the local cloud and, but for a difference on purpose, from Google. */
export interface ConformanceCase {
  readonly title: string
  readonly steps: (world: World) => Promise<unknown>
  readonly answer: unknown
  /** Where Google's emulator answers otherwise on purpose of ours, and why ours does not follow it. */
  readonly googleEmulator?: { readonly answer: unknown; readonly why: string }
}
