import { readBlocks, readObject } from './hcl.ts'

const TEXT = `
variable "size" {
  type = object({ cpu = string })
}

resource "google_x" "this" {
  name = "a"
}

locals {
  # a comment = with a sign
  services = {
    ingestion = {
      env     = { RAW_BUCKET = var.raw_bucket, OTHER = "a, b = {}" }
      callers = ["x"]
    }
    analysis = { env = {} }
  }
}
`

it('blocks are found by kind and last label', () => {
  expect(readBlocks(TEXT).map(({ kind, label }) => `${kind} ${label}`)).toEqual([
    'variable size',
    'resource this',
  ])
})

it('an object is read entry by entry, however deep', () => {
  const services = readObject(TEXT, 'services')
  expect([...services.keys()]).toEqual(['ingestion', 'analysis'])
  const env = readObject(services.get('ingestion')!, 'env')
  expect([...env]).toEqual([
    ['RAW_BUCKET', 'var.raw_bucket'],
    ['OTHER', '"a, b = {}"'],
  ])
})

it('another name has no entries', () => {
  expect(readObject(TEXT, 'nothing').size).toBe(0)
})
