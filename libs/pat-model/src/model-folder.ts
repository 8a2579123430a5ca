import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Failure, unavailable } from '@clarity/failure'
import type { z } from 'zod'
import { fitsArchitecture } from './architecture.ts'
import { type PatGolden, patGoldenSchema } from './golden.ts'
import { type PatManifest, patManifestSchema } from './manifest.ts'
import { type ReferenceActivity, referenceActivitySchema } from './reference-activity.ts'

export interface ModelFolder {
  readonly manifest: PatManifest
  /** Bytes of `encoder.onnx`, proved to have the manifest's sha256: what is proved is what runs. */
  readonly onnx: Uint8Array
  readonly golden: PatGolden
  /** Of `reference-activity.json`, which a folder need not have. */
  readonly reference: ReferenceActivity | undefined
}

/** `unavailable` with code `model_unusable`: the service is not ready, and no other model steps in. */
export function unusable(detail: string, cause?: unknown): Failure {
  return unavailable({ code: 'model_unusable', detail }, cause)
}

async function readIfPresent(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw unusable('A file of the model folder cannot be read.', error)
  }
}

function parse<T>(schema: z.ZodType<T>, bytes: Buffer, name: string): T {
  const wrong = `${name} of the model folder is not what it should be`
  let content: unknown
  try {
    content = JSON.parse(bytes.toString('utf8'))
  } catch (error) {
    throw unusable(`${wrong}: no JSON.`, error)
  }
  const { data, error } = schema.safeParse(content)
  if (error) throw unusable(`${wrong}: ${error.issues[0]?.path.join('.') || 'a field'}.`, error)
  return data
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function referenceOf(bytes: Buffer): ReferenceActivity {
  return { ...parse(referenceActivitySchema, bytes, 'reference-activity.json'), sha256: digest(bytes) }
}

/** Reads a model folder; checks what its manifest says of the encoder, and the encoder's sha256. Fails as `unusable` says. */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  const [manifestBytes, onnx, goldenBytes, referenceBytes] = await Promise.all(
    ['manifest.json', 'encoder.onnx', 'golden.json', 'reference-activity.json'].map((name) =>
      readIfPresent(join(folder, name)),
    ),
  )
  if (manifestBytes === undefined) throw unusable('The model folder has no manifest.json.')
  if (onnx === undefined) throw unusable('The model folder has no encoder.onnx.')
  if (goldenBytes === undefined) throw unusable('The model folder has no golden.json.')
  const manifest = parse(patManifestSchema, manifestBytes, 'manifest.json')
  if (!fitsArchitecture(manifest)) throw unusable('manifest.json does not describe the encoder of its size.')
  if (digest(onnx) !== manifest.sha256) {
    throw unusable('encoder.onnx does not have the sha256 that its manifest states.')
  }
  const golden = parse(patGoldenSchema, goldenBytes, 'golden.json')
  return { manifest, onnx, golden, reference: referenceBytes && referenceOf(referenceBytes) }
}
