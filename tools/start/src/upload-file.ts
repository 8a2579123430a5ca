import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { demoUpload } from './demo/demo-upload.ts'
import type { UploadBody } from './api-client.ts'

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  xml: 'application/xml',
  zip: 'application/zip',
}

/** The bundled synthetic fortnight that ends now, as a phone would send it. */
export function demoBody(timezone: string, now: number): UploadBody {
  const bytes = gzipSync(JSON.stringify(demoUpload({ now, timezone })))
  return { bytes, contentType: 'application/json', gzip: true, timezone }
}

/** A file with the content type that its name says; throws one clear line where it cannot be read or sent. */
export function fileBody(path: string, timezone: string): UploadBody {
  const name = path.toLowerCase()
  const gzip = name.endsWith('.gz')
  const extension = (gzip ? name.slice(0, -3) : name).split('.').at(-1) ?? ''
  const contentType = CONTENT_TYPES[extension]
  if (!contentType)
    throw new Error(`--upload: the name must end in .json, .ndjson, .xml or .zip (or that with .gz)`)
  try {
    return { bytes: readFileSync(path), contentType, gzip, timezone }
  } catch {
    throw new Error(`--upload: cannot read ${path}`)
  }
}
