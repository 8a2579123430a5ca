import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** What the local cloud keeps for a while although it is gone: spans, and the versions that reads of the last minutes see. */
const PASSING = /^(otlp_|firestore_history$)/

/** Names of the local cloud's tables in which any of these texts stands. */
export function tablesThatName(dataDir: string, texts: readonly string[]): string[] {
  const file = readdirSync(dataDir).find((name) => name.endsWith('.sqlite'))
  if (file === undefined) throw new Error('The local cloud keeps nothing there.')
  using database = new DatabaseSync(join(dataDir, file), { readOnly: true })
  const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all()
  const names = tables.map(({ name }) => String(name)).filter((name) => !PASSING.test(name))
  return names.filter((name) => {
    const cells = database
      .prepare(`SELECT * FROM "${name}"`)
      .all()
      .flatMap((row) => Object.values(row))
    return cells.map(asText).some((cell) => texts.some((text) => cell.includes(text)))
  })
}

function asText(cell: unknown): string {
  return cell instanceof Uint8Array ? Buffer.from(cell).toString('latin1') : String(cell)
}
