import { readsAsEnglish } from './english.ts'

describe('readsAsEnglish', () => {
  test.each([
    'Your REM sleep per night was 1 h 30 min.',
    'Keep a steady bedtime.',
    'Heart rate: 58.3 per minute at rest.',
    'Well rested.',
    'Regular movement that feels good to you, spread over the day, is worth keeping up.',
    'Some measures are flagged beside this text. If they persist or you feel unwell, speak with a clinician.',
  ])('takes "%s"', (text) => {
    expect(readsAsEnglish(text)).toBe(true)
  })

  test.each([
    'Sie schliefen acht Stunden',
    'Ihr Schlaf war in dieser Woche ruhig und lang.',
    'Vous avez dormi sept heures par nuit, et votre rythme est stable.',
    'Usted durmió siete horas por noche durante la semana.',
    'Hai dormito sette ore per notte durante la settimana.',
    'U sliep gemiddeld zeven uur per nacht.',
    'Du sov i snitt sju timmar per natt den här veckan.',
    'Dormiu em média sete horas por noite durante a semana.',
    'Haftada ortalama yedi saat uyudunuz.',
  ])('refuses "%s"', (text) => {
    expect(readsAsEnglish(text)).toBe(false)
  })
})
