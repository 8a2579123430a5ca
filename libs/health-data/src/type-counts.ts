/** Types are the client's words: beyond this many they are counted together, so that no record outgrows its store. */
const mostTypes = 200
/** Firestore keeps these names for itself. */
const reserved = /^__.*__$/s

/** Adds to what is counted of a type; one more type than a record may hold is counted as `other`. */
export function addTypeCount(byType: Record<string, number>, type: string, count: number): void {
  const name = Object.hasOwn(byType, type) ? type : nameIn(byType, type)
  const before = Object.hasOwn(byType, name) ? (byType[name] ?? 0) : 0
  byType[name] = before + count
}

/** The name under which a type is counted that is not listed yet. */
function nameIn(byType: Readonly<Record<string, number>>, type: string): string {
  return Object.keys(byType).length < mostTypes && !reserved.test(type) ? type : 'other'
}
