import { codeOf, dash, dashes, places, uuidBytes, uuidLength } from './uuid-bytes.ts'

/** What `identityMark` multiplies a character by: 31 once for each that follows. */
function weightAt(place: number): number {
  let weight = 1
  for (let after = place + 1; after < uuidLength; after += 1) weight = Math.imul(weight, 31)
  return weight
}

/** Of each byte what its two digits come to, where nothing follows them. */
const pairOf = Int32Array.from({ length: 256 }, (_, byte) => codeOf[byte >>> 4]! * 31 + codeOf[byte & 15]!)
const weights = Int32Array.from(places, (place) => weightAt(place + 1))
const ofDashes = dashes.reduce((sum, place) => sum + Math.imul(dash, weightAt(place)), 0)

/** Of UUIDs as bytes what `identityMark` makes of their texts, a dozen times as fast. */
export function uuidMarks(uuids: Uint8Array): Uint32Array {
  const marks = new Uint32Array(uuids.length / uuidBytes)
  for (let index = 0; index < marks.length; index += 1) {
    let mark = ofDashes
    for (let place = 0; place < uuidBytes; place += 1) {
      const pair = pairOf[uuids[index * uuidBytes + place] as number] as number
      mark = (mark + Math.imul(pair, weights[place] as number)) | 0
    }
    marks[index] = mark
  }
  return marks
}
