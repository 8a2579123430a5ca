import { type HclBlock, readBlocks } from './hcl.ts'

const START = '<!-- variables and outputs: written by tools/infra-check -->'
const END = '<!-- end -->'

/** The README with its tables of variables and outputs made anew from the module's Terraform; all else stays. */
export function withTables(readme: string, terraform: string): string {
  const before = readme.includes(START) ? readme.slice(0, readme.indexOf(START)) : `${readme.trimEnd()}\n\n`
  const after = readme.includes(END) ? readme.slice(readme.indexOf(END) + END.length) : '\n'
  return `${before}${START}\n\n${tables(terraform)}\n${END}${after}`
}

function tables(terraform: string): string {
  const blocks = readBlocks(terraform)
  const variables = blocks.filter(({ kind }) => kind === 'variable').map(variableRow)
  const outputs = blocks.filter(({ kind }) => kind === 'output').map(outputRow)
  return [
    table(['Variable', 'Type', 'Default', 'Meaning'], variables),
    table(['Output', 'Meaning'], outputs),
  ].join('\n')
}

function variableRow({ label, body }: HclBlock): string[] {
  const type = /^ {2}type\s+= ([\s\S]*?)(?=^ {2}[a-z]|$(?![\s\S]))/m.exec(body)?.[1] ?? ''
  const fallback = /^ {2}default\s+= (.*)$/m.exec(body)?.[1]
  return [
    code(label),
    code(type.trim().replace(/\s+/g, ' ')),
    fallback ? code(fallback) : 'required',
    meaning(body),
  ]
}

function outputRow({ label, body }: HclBlock): string[] {
  return [code(label), meaning(body)]
}

function meaning(body: string): string {
  const description = /^ {2}description\s+= "(.*)"$/m.exec(body)?.[1]
  if (!description) throw new Error(`No description:\n${body}`)
  return description.replaceAll('\\"', '"')
}

const code = (text: string): string => `\`${text}\``

/** As prettier writes tables: columns padded to their widest cell. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = [head, ...rows].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')))
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)))
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |\n`
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |\n`
  return line(cells[0]!) + rule + cells.slice(1).map(line).join('')
}
