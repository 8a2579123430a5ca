/**
 * Cases of Apple's `HKWorkoutActivityType` in the order of their numbers, by the number of the first of each row. No case
 * has the number 81.
 */
const cases: Readonly<Record<number, string>> = {
  1: 'american_football archery australian_football badminton baseball basketball bowling boxing climbing cricket',
  11: 'cross_training curling cycling dance dance_inspired_training elliptical equestrian_sports fencing fishing',
  20: 'functional_strength_training golf gymnastics handball hiking hockey hunting lacrosse martial_arts',
  29: 'mind_and_body mixed_metabolic_cardio_training paddle_sports play preparation_and_recovery racquetball',
  35: 'rowing rugby running sailing skating_sports snow_sports soccer softball squash stair_climbing surfing_sports',
  46: 'swimming table_tennis tennis track_and_field traditional_strength_training volleyball walking water_fitness',
  54: 'water_polo water_sports wrestling yoga barre core_training cross_country_skiing downhill_skiing flexibility',
  63: 'high_intensity_interval_training jump_rope kickboxing pilates snowboarding stairs step_training',
  70: 'wheelchair_walk_pace wheelchair_run_pace tai_chi mixed_cardio hand_cycling disc_sports fitness_gaming',
  77: 'cardio_dance social_dance pickleball cooldown',
  82: 'swim_bike_run transition underwater_diving',
  3000: 'other',
}

/** Case → what clients call it besides. */
const otherWords: Readonly<Record<string, string>> = {
  running: 'run',
  walking: 'walk',
  cycling: 'biking cycle bike',
  swimming: 'swim',
  hiking: 'hike',
  rowing: 'row rower',
  high_intensity_interval_training: 'hiit',
  traditional_strength_training: 'strength_training',
  stair_climbing: 'stair_stepper',
  equestrian_sports: 'equestrian',
  skating_sports: 'skating',
  surfing_sports: 'surfing',
  wheelchair_walk_pace: 'wheelchair_walk',
  wheelchair_run_pace: 'wheelchair_run',
  swim_bike_run: 'multisport triathlon',
}

/** Without what spellings of one word differ in: case, spaces, underscores, the enumeration's name in front. */
function plain(text: string): string {
  return text
    .replace(/^\s*(?:HK|Health)?WorkoutActivityType/i, '')
    .replace(/&/g, 'and')
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase()
}

const byNumber = new Map<number, string>()
for (const [first, row] of Object.entries(cases))
  for (const [index, name] of row.split(' ').entries()) byNumber.set(Number(first) + index, name)

const byWord = new Map<string, string>()
for (const name of byNumber.values()) byWord.set(plain(name), name)
for (const [name, words] of Object.entries(otherWords))
  for (const word of words.split(' ')) byWord.set(plain(word), name)

/** Health Auto Export names the place in front of the activity. */
const place = /^(?:indoor|outdoor|pool|openwater)/
const longestName = 64

/** What a client calls the activity of a workout. */
export interface WorkoutActivity {
  /** Case of Apple's `HKWorkoutActivityType` in snake case, e.g. `traditional_strength_training`. */
  readonly name: string
  /** Whether the client's words also say where it was: `Outdoor Run`. */
  readonly hasPlace: boolean
}

/**
 * The activity that a client's number or word means (`37`, `RUNNING`, `HKWorkoutActivityTypeRunning`, `Outdoor Run`), also
 * one that is canonical already; undefined for any other.
 */
export function workoutActivity(sent: unknown): WorkoutActivity | undefined {
  const isNumber = typeof sent === 'number' || (typeof sent === 'string' && /^\d{1,4}$/.test(sent))
  if (!isNumber && (typeof sent !== 'string' || sent.length > longestName)) return undefined
  const word = isNumber ? '' : plain(sent)
  const known = isNumber ? byNumber.get(Number(sent)) : byWord.get(word)
  const name = known ?? byWord.get(word.replace(place, ''))
  return name === undefined ? undefined : { name, hasPlace: known === undefined }
}
