import { DockerfileParser } from 'dockerfile-ast'

export interface Instruction {
  /** Upper case, e.g. `RUN`. */
  readonly keyword: string
  /** What follows it, continuation lines joined. */
  readonly text: string
  /** From 1. */
  readonly line: number
}

export interface Stage {
  readonly name: string | null
  /** The image, or the earlier stage, that it starts from. */
  readonly from: string
  readonly instructions: readonly Instruction[]
}

/** The stages of a Dockerfile in their order, each with what it says after its `FROM`. */
export function stagesOf(dockerfile: string): Stage[] {
  const parsed = DockerfileParser.parse(dockerfile)
  const froms = parsed.getFROMs()
  const stages: (Stage & { instructions: Instruction[] })[] = []
  for (const instruction of parsed.getInstructions()) {
    const keyword = instruction.getKeyword()
    if (keyword === 'FROM') {
      const from = froms[stages.length]
      stages.push({ name: from?.getBuildStage() ?? null, from: from?.getImage() ?? '', instructions: [] })
    } else {
      stages.at(-1)?.instructions.push({ keyword, text: textOf(instruction), line: lineOf(instruction) })
    }
  }
  return stages
}

interface Parsed {
  getArgumentsContent(): string | null
  getRange(): { start: { line: number } }
}

function textOf(instruction: Parsed): string {
  return (instruction.getArgumentsContent() ?? '').replace(/\\\r?\n\s*/g, ' ')
}

function lineOf(instruction: Parsed): number {
  return instruction.getRange().start.line + 1
}
