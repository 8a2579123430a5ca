import { validate } from 'dockerfile-utils'
import { type Instruction, type Stage, stagesOf } from './dockerfile.ts'

const SECRET = /(password|secret|token|credential|private_?key|api_?key)/i

/** What is wrong with a Dockerfile: its syntax, and what this project asks of an image. One line each, none if all is well. */
export function lintDockerfile(dockerfile: string): string[] {
  const syntax = validate(dockerfile).map(({ range, message }) => `${range.start.line + 1}: ${message}`)
  const stages = stagesOf(dockerfile)
  const last = stages.at(-1)
  return [
    ...syntax,
    ...stages.flatMap((stage) => [...unpinned(stage, stages), ...stage.instructions.flatMap(careless)]),
    ...(last ? served(last, stages) : ['there is no stage']),
  ]
}

function unpinned({ from }: Stage, stages: readonly Stage[]): string[] {
  if (stages.some(({ name }) => name === from)) return []
  return /:(?!latest$)[\w.-]+(@sha256:[0-9a-f]{64})?$/.test(from) ? [] : [`${from} names no version`]
}

function careless({ keyword, text, line }: Instruction): string[] {
  if (keyword === 'ADD') return [`${line}: ADD also unpacks and downloads; COPY says what it does`]
  if ((keyword === 'ENV' || keyword === 'ARG') && SECRET.test(text.split('=')[0] ?? ''))
    return [`${line}: ${keyword} keeps a secret in the image`]
  if (keyword === 'RUN' && /\bnpm (install|i)\b/.test(text)) return [`${line}: npm ci keeps to the lockfile`]
  return []
}

/** What the image that runs has to be: small, without root, one process that gets its signals. */
function served(stage: Stage, stages: readonly Stage[]): string[] {
  const base = stages.find(({ name }) => name === stage.from)?.from ?? stage.from
  const said = (keyword: string) =>
    stage.instructions.filter((instruction) => instruction.keyword === keyword)
  const labels = said('LABEL')
    .map(({ text }) => text)
    .join(' ')
  return [
    ...(/^gcr\.io\/distroless\/nodejs24-.+:nonroot/.test(base)
      ? []
      : [`${base} is not distroless Node 24 without root`]),
    ...(said('USER').at(-1)?.text === 'nonroot' ? [] : ['the last stage does not run as nonroot']),
    ...(said('RUN').length === 0 ? [] : ['the last stage runs commands']),
    ...(said('CMD').at(-1)?.text.startsWith('[')
      ? []
      : ['CMD is not a list, so a shell would keep the signals']),
    ...['revision', 'source', 'title', 'licenses']
      .filter((name) => !labels.includes(`org.opencontainers.image.${name}=`))
      .map((name) => `the label org.opencontainers.image.${name} is missing`),
  ]
}
