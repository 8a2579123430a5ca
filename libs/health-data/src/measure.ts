import { z } from 'zod'

/**
 * One figure a person may see: value with unit and the published method behind it. `value` is null where it was
 * not measured or is undefined, and then `reason` says why; it is never a default.
 */
export const measureSchema = z.object({
  value: z.union([z.number(), z.string(), z.null()]),
  unit: z.string(),
  method: z.string(),
  reason: z.string().optional(),
  /** Factor that counts were divided by, where a method depends on it. */
  scale: z.number().optional(),
})

export type Measure = z.infer<typeof measureSchema>
