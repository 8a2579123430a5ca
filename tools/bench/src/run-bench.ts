import { invalid } from '@clarity/failure'
import { type BenchRow, formatJson, formatTable } from './bench-row.ts'
import { coldstart } from './coldstart.ts'
import { ingest } from './ingest.ts'
import { measures } from './measures.ts'
import { merge } from './merge.ts'
import { pat } from './pat.ts'
import { query } from './query.ts'

export type Bench = () => BenchRow[] | Promise<BenchRow[]>

/** Every bench by the name it is asked for. */
export const BENCHES: Readonly<Record<string, Bench>> = { measures, ingest, merge, pat, query, coldstart }

/**
 * What the bench of that name has to print: a table, or with `json` one object a line. Failure kind `invalid` for
 * a name that none has, naming those there are.
 */
export async function runBench(
  name: string | undefined,
  { json, benches = BENCHES }: { json: boolean; benches?: Readonly<Record<string, Bench>> },
): Promise<string> {
  const bench = name !== undefined && Object.hasOwn(benches, name) ? benches[name] : undefined
  if (!bench) {
    const asked = name === undefined ? 'No bench is named' : `There is no bench ${name}`
    throw invalid(`${asked}. There are: ${Object.keys(benches).join(', ')}.`)
  }
  const rows = await bench()
  return json ? formatJson(rows) : formatTable(rows)
}
