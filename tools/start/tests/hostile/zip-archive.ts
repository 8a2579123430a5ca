import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipEntry {
  readonly name: string
  readonly content: Buffer
  /** 8 deflated (unless told), 0 stored, others as they are. */
  readonly method?: number
  readonly flags?: number
  readonly checksum?: number
  /** Sizes in the extra field, as archives beyond 4 GiB have them. */
  readonly sizesIn64?: boolean
}

/** An archive of these entries with its directory, honest but for what the entries say otherwise. */
export function zipArchive(entries: readonly ZipEntry[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const { fields, data, extra } = packed(entry)
    const name = Buffer.from(entry.name)
    const lengths = uint16(name.length, extra.length)
    const file = Buffer.concat([Buffer.from('PK\x03\x04'), fields, lengths, name, extra, data])
    const place = Buffer.concat([uint16(0, 0, 0), Buffer.alloc(4), uint32(offset)])
    const version = uint16(20)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), version, fields, lengths, place, name, extra]))
    files.push(file)
    offset += file.length
  }
  const list = Buffer.concat(directory)
  const counts = uint16(0, 0, entries.length, entries.length)
  const end = Buffer.concat([Buffer.from('PK\x05\x06'), counts, uint32(list.length, offset), uint16(0)])
  return Buffer.concat([...files, list, end])
}

function packed({ content, method = 8, flags = 0, checksum = crc32(content), sizesIn64 = false }: ZipEntry) {
  const data = method === 8 ? deflateRawSync(content) : content
  const sizes = sizesIn64 ? uint32(0xffffffff, 0xffffffff) : uint32(data.length, content.length)
  const extra = sizesIn64
    ? Buffer.concat([uint16(1, 16), uint64(content.length), uint64(data.length)])
    : Buffer.alloc(0)
  const fields = Buffer.concat([uint16(20, flags, method, 0, 0), uint32(checksum), sizes])
  return { data, extra, fields }
}

function uint16(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * numbers.length)
  for (const [index, number] of numbers.entries()) bytes.writeUInt16LE(number, 2 * index)
  return bytes
}

function uint32(...numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * numbers.length)
  for (const [index, number] of numbers.entries()) bytes.writeUInt32LE(number, 4 * index)
  return bytes
}

function uint64(number: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64LE(BigInt(number))
  return bytes
}
