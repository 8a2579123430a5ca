/** What the clocks of a zone show at an instant. */
export interface Wall {
  readonly date: string
  readonly hour: number
  readonly minute: number
}

const formats = new Map<string, Intl.DateTimeFormat>()
const seen = new Map<string, Wall>()

/** Asks Intl alone; every zone's offset is whole minutes in the years of the samples. */
export function wallAt(zone: string, instant: number): Wall {
  const minute = Math.floor(instant / 60_000)
  const key = `${zone} ${minute}`
  const known = seen.get(key)
  if (known) return known
  const options = { timeZone: zone, dateStyle: 'short', timeStyle: 'short' } as const
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', options)
  formats.set(zone, format)
  const [date = '', time = ''] = format.format(minute * 60_000).split(' ')
  const [hour = NaN, minutes = NaN] = time.split(':').map(Number)
  const wall = { date, hour, minute: minutes }
  seen.set(key, wall)
  return wall
}

/** The date that many days before a date. */
export function daysBefore(date: string, days: number): string {
  const noon = new Date(`${date}T12:00:00Z`)
  noon.setUTCDate(noon.getUTCDate() - days)
  return noon.toJSON().slice(0, 10)
}
