import { readBlocks } from './hcl.ts'
import { withTables } from './module-tables.ts'
import { moduleNames, read, readModule } from './repository.ts'

const TERRAFORM = `variable "size" {
  description = "How \\"big\\" it is."
  type = object({
    cpu = string
  })
  default = null

  validation {
    condition     = true
    error_message = "x"
  }
}

output "name" {
  description = "The name."
  value       = "x"
}
`

it('a table names each variable with type, default and meaning, and each output', () => {
  const readme = withTables('# A module\n', TERRAFORM)
  expect(readme).toContain('| `size`   | `object({ cpu = string })` | `null`  | How "big" it is. |')
  expect(readme).toContain('| `name` | The name. |')
})

it('what stands around the tables stays when they are made anew', () => {
  const written = withTables('# A module\n', TERRAFORM)
  const edited = `${written}\nMore.\n`
  expect(withTables(edited, TERRAFORM)).toBe(edited)
})

it('a variable without a description is refused', () => {
  expect(() => withTables('', 'variable "x" {\n  type = string\n}\n')).toThrow('No description')
})

it.each(moduleNames())('the README of %s names its variables and outputs as they are', (name) => {
  const readme = read(`infra/modules/${name}/README.md`)
  expect(withTables(readme, readModule(name))).toBe(readme)
})

it.each(moduleNames())(
  'every variable of %s but a yes or no is validated, there or where it is handed to',
  (name) => {
    const terraform = readModule(name)
    const variables = readBlocks(terraform).filter(({ kind }) => kind === 'variable')
    const handsOn = (label: string): boolean =>
      name === 'system' && new RegExp(`^ +\\w+ += var\\.${label}(\\.\\w+)?$`, 'm').test(terraform)
    const unchecked = variables.filter(
      ({ label, body }) => !/^ {2}validation \{|type\s+= bool$/m.test(body) && !handsOn(label),
    )
    expect(unchecked.map(({ label }) => label)).toEqual([])
  },
)
