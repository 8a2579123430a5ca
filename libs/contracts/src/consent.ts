import { z } from 'zod'

/** Until when a clinician may read; null or absent: until it is withdrawn. */
export const grantConsentSchema = z.object({ expires_at: z.iso.datetime({ offset: true }).nullish() })

/** A person's consent that one clinician reads the person's data. */
export const consentSchema = z.object({
  clinician_id: z.string(),
  granted_at: z.string(),
  expires_at: z.string().nullable(),
})
export type Consent = z.infer<typeof consentSchema>
