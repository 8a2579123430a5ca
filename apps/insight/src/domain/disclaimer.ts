/** Beside every insight, whoever wrote it. */
export const DISCLAIMER =
  'This text describes measurements from your devices. It is general information, not a medical opinion, and it ' +
  'does not replace a clinician. If you feel unwell, contact a clinician; in an emergency, call your local ' +
  'emergency number.'
