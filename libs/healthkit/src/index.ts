export type { ReadContext } from './context.ts'
