import { wordingFaults } from './wording.ts'

describe('the wording of a text', () => {
  it.each([
    ['Your heart rate suggests AFib.', 'names a condition'],
    ['This can be a sign of heart failure or a stroke.', 'names a condition'],
    ['People with asthma sleep like this.', 'names a condition'],
    ['This points to sleep-disordered breathing.', 'names a diagnosis'],
    ['Magnesium before bed can help.', 'speaks of medication'],
    ['Your insulin may need a change.', 'speaks of medication'],
    ['Do not think of hurting yourself.', 'speaks of a crisis'],
    ['You are healthy.', 'reassures as only a clinician may'],
    ['There is no need to see a doctor.', 'reassures as only a clinician may'],
    ['# Your week', 'is no plain text'],
    ['Fine.\n- Sleep more', 'is no plain text'],
    ['Run `this`.', 'is no plain text'],
    ['Read it at www.example.test', 'holds a link'],
    ['Read example.org', 'holds a link'],
    ['Read javascript:void', 'holds a link'],
    ['A dia\u200bgnosis.', 'holds characters that nobody sees'],
    ['Turned \u202eround.', 'holds characters that nobody sees'],
    ['睡眠不足。', 'is not written in English'],
    ['Sie schliefen acht Stunden', 'is not written in English'],
    ['An Embedding says so to you.', 'rests on the transformer, which is not validated'],
  ])('%j: %s', (text, fault) => {
    expect(wordingFaults(text)).toEqual([fault])
  })

  it.each([
    'Your resting heart rate was 56.1 per minute.',
    'Pat yourself on the back: a steady, well-timed evening helps.\n\nKeep it up – gently.',
    'If this persists or you feel unwell, speak with a clinician.',
    'Your variability (SDNN) was 43 ms at 36.6 °C; 10 µV play no part. Café time!',
  ])('may be plain: %s', (text) => {
    expect(wordingFaults(text)).toEqual([])
  })
})
