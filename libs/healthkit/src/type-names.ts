import { type Metric, metricFor, snakeCase } from '@clarity/health-data'

/** Clients' own names → metric names, where snake case alone does not give them. */
const synonyms: Readonly<Record<string, string>> = {
  active_energy: 'active_energy_burned',
  basal_energy: 'basal_energy_burned',
  steps: 'step_count',
  distance: 'distance_walking_running',
  walking_running_distance: 'distance_walking_running',
  walking_and_running_distance: 'distance_walking_running',
  cycling_distance: 'distance_cycling',
  swimming_distance: 'distance_swimming',
  wheelchair_distance: 'distance_wheelchair',
  wheelchair_push_count: 'push_count',
  downhill_snow_sports: 'distance_downhill_snow_sports',
  swim_stroke_count: 'swimming_stroke_count',
  number_of_time_fallen: 'number_of_times_fallen',
  exercise_time: 'apple_exercise_time',
  stand_time: 'apple_stand_time',
  stand_hour: 'apple_stand_hour',
  move_time: 'apple_move_time',
  heart_rate_variability: 'heart_rate_variability_sdnn',
  heart_rate_variabilitysdnn: 'heart_rate_variability_sdnn',
  hrv: 'heart_rate_variability_sdnn',
  walking_heart_rate: 'walking_heart_rate_average',
  cardio_recovery: 'heart_rate_recovery_one_minute',
  blood_oxygen_saturation: 'oxygen_saturation',
  blood_oxygen: 'oxygen_saturation',
  vo2max: 'vo2_max',
  vo_2_max: 'vo2_max',
  breathing_disturbances: 'apple_sleeping_breathing_disturbances',
  sleeping_wrist_temperature: 'apple_sleeping_wrist_temperature',
  weight_body_mass: 'body_mass',
  weight: 'body_mass',
  environmental_audio: 'environmental_audio_exposure',
  headphone_audio: 'headphone_audio_exposure',
  mindful_minutes: 'mindful_session',
  handwashing: 'handwashing_event',
  toothbrushing: 'toothbrushing_event',
  stair_speed_up: 'stair_ascent_speed',
  stair_speed_down: 'stair_descent_speed',
  walking_steadiness: 'apple_walking_steadiness',
  six_minute_walking_test_distance: 'six_minute_walk_test_distance',
  dietary_energy: 'dietary_energy_consumed',
  protein: 'dietary_protein',
  carbohydrates: 'dietary_carbohydrates',
  total_fat: 'dietary_fat_total',
  fiber: 'dietary_fiber',
  sodium: 'dietary_sodium',
  caffeine: 'dietary_caffeine',
  sleep: 'sleep_analysis',
}

/** The metric that a client's own name means (`weight_body_mass`, `Weight & Body Mass`); undefined for others. */
export function metricNamed(name: string): Metric | undefined {
  const plain = snakeCase(name.replace(/&/g, ' '))
  return metricFor(Object.hasOwn(synonyms, plain) ? (synonyms[plain] ?? plain) : plain)
}
