/** Types are the client's words: beyond this many they are counted together, so that no record outgrows its store. */
const mostTypes = 200
/** Firestore keeps these names for itself. */
const reserved = /^__.*__$/s

/** Adds to what is counted of a type; one more type than a record may hold is counted as `other`. */
export function addTypeCount(byType: Record<string, number>, type: string, count: number): void {
  const isListed = Object.hasOwn(byType, type) || Object.keys(byType).length < mostTypes
  const name = isListed && !reserved.test(type) ? type : 'other'
  const before = Object.hasOwn(byType, name) ? (byType[name] ?? 0) : 0
  byType[name] = before + count
}
