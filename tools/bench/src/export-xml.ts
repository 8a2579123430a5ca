const years = 5
const dayMs = 86_400_000
const pieceBytes = 64 * 1024

/** Types in the order and, roughly, in the shares in which an export of iPhone and Watch has them. */
const types = [
  ['HeartRate', 'count/min', 0.45, 60],
  ['ActiveEnergyBurned', 'kcal', 0.25, 1],
  ['StepCount', 'count', 0.12, 20],
  ['DistanceWalkingRunning', 'km', 0.12, 0.1],
  ['BasalEnergyBurned', 'kcal', 0.06, 10],
] as const
const recordBytes = 385

const written = (instant: number): string =>
  `${new Date(instant).toISOString().slice(0, 19).replace('T', ' ')} +0000`

/**
 * An `export.xml` of about that many bytes, piece by piece: five years that end at `until`, type after type as Apple
 * writes them, every record with its device and its address in memory.
 */
export function* exportXml(bytes: number, until: number): Generator<string> {
  const from = until - years * 365 * dayMs
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<HealthData locale="en_US">\n'
  for (const [type, unit, share, least] of types) {
    const count = Math.floor((bytes * share) / recordBytes)
    let piece = ''
    for (let index = 0; index < count; index += 1) {
      const start = from + Math.floor(((until - from) * index) / count / 1000) * 1000
      const address = (Math.imul(index, 0x9e3779b1) >>> 4).toString(16)
      const value = (least * (1 + (index % 40) / 40)).toFixed(2)
      piece +=
        ` <Record type="HKQuantityTypeIdentifier${type}" sourceName="Sam’s Apple Watch" sourceVersion="11.3"` +
        ` device="&lt;&lt;HKDevice: 0x${address}&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch,` +
        ` hardware:Watch6,7, software:11.3&gt;" unit="${unit}" creationDate="${written(start)}"` +
        ` startDate="${written(start)}" endDate="${written(start + 60_000)}" value="${value}"/>\n`
      if (piece.length < pieceBytes) continue
      yield piece
      piece = ''
    }
    yield piece
  }
  yield '</HealthData>\n'
}
