import { query } from './query.ts'
import { formatTable } from './bench-row.ts'
const t=performance.now()
console.log(formatTable(await query()), (performance.now()-t)/1000)
