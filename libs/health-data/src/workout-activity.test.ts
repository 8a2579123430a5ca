import { workoutActivity } from './index.ts'

const nameOf = (sent: unknown) => workoutActivity(sent)?.name

describe('the activity of a workout', () => {
  it.each([
    [1, 'american_football'],
    [13, 'cycling'],
    [20, 'functional_strength_training'],
    [24, 'hiking'],
    [35, 'rowing'],
    [37, 'running'],
    [46, 'swimming'],
    [50, 'traditional_strength_training'],
    [52, 'walking'],
    [57, 'yoga'],
    [63, 'high_intensity_interval_training'],
    [74, 'hand_cycling'],
    [80, 'cooldown'],
    [82, 'swim_bike_run'],
    [84, 'underwater_diving'],
    [3000, 'other'],
  ])('has Apple’s number %d for %s', (number, name) => {
    expect([number, String(number), name].map(nameOf)).toEqual([name, name, name])
  })

  it.each<[string, string, boolean?]>([
    ['HKWorkoutActivityTypeRunning', 'running'],
    ['Running', 'running'],
    ['RUNNING', 'running'],
    ['HealthWorkoutActivityType.RUNNING', 'running'],
    ['crossCountrySkiing', 'cross_country_skiing'],
    ['Mind & Body', 'mind_and_body'],
    ['BIKING', 'cycling'],
    ['hiit', 'high_intensity_interval_training'],
    ['strength_training', 'traditional_strength_training'],
    ['wheelchair_run', 'wheelchair_run_pace'],
    ['Outdoor Run', 'running', true],
    ['Indoor Walk', 'walking', true],
    ['Indoor Cycling', 'cycling', true],
    ['Pool Swim', 'swimming', true],
    ['Open Water Swim', 'swimming', true],
  ])('is known as %s', (words, name, hasPlace = false) => {
    expect(workoutActivity(words)).toEqual({ name, hasPlace })
  })

  it.each([
    81,
    85,
    -1,
    3.7,
    '3.7',
    'Laufen draußen',
    'Outdoor',
    '',
    'constructor',
    'x'.repeat(100_000),
    null,
    {},
  ])('is unknown as %p', (sent) => {
    expect(workoutActivity(sent)).toBeUndefined()
  })
})
