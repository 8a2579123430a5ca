import { readFile, writeFile } from 'node:fs/promises'
import ts from 'typescript'

/**
 * Writes every CommonJS module of a bundle's file as a function in parentheses. V8 then compiles it with the file, and
 * the compile cache, which holds what was compiled when the file was loaded, has it at the next start.
 */
export async function compileModulesEagerly(file: string): Promise<void> {
  const text = await readFile(file, 'utf8')
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false, ts.ScriptKind.JS)
  const edits = source.statements.flatMap((statement) => wrappersIn(statement, source))
  if (edits.length > 0) await writeFile(file, withInsertions(text, edits))
}

interface Wrapper {
  /** Where the name of the method ends and its parameters begin. */
  readonly parameters: number
  readonly end: number
}

/** The methods of `var require_x = __commonJS({ "path"(exports, module) {…} })`. */
function wrappersIn(statement: ts.Statement, source: ts.SourceFile): Wrapper[] {
  if (!ts.isVariableStatement(statement)) return []
  return statement.declarationList.declarations.flatMap(({ initializer }) => {
    if (!initializer || !ts.isCallExpression(initializer)) return []
    const [modules] = initializer.arguments
    if (!modules || !ts.isObjectLiteralExpression(modules)) return []
    return modules.properties.flatMap((property) =>
      ts.isMethodDeclaration(property) && ts.isStringLiteral(property.name) && !property.modifiers
        ? [{ parameters: text(property.name, source), end: property.end }]
        : [],
    )
  })
}

function text(name: ts.Node, source: ts.SourceFile): number {
  return name.getStart(source) + name.getWidth(source)
}

function withInsertions(text: string, wrappers: readonly Wrapper[]): string {
  const parts: string[] = []
  let from = 0
  for (const { parameters, end } of wrappers) {
    parts.push(text.slice(from, parameters), ':(function', text.slice(parameters, end), ')')
    from = end
  }
  return parts.concat(text.slice(from)).join('')
}
