import { z } from 'zod'

const email = z.string().trim().max(254).pipe(z.email())
/** Firebase takes 6 characters; a health account asks for 8. The upper limit bounds the cost of hashing. */
const password = z.string().min(8).max(128)
const displayName = z
  .string()
  .trim()
  .min(1)
  .max(120)
  .refine((name) => name.isWellFormed(), 'holds half a character')

export const timezoneSchema = z.string().max(64).refine(isTimezone, 'is no IANA time zone')

/** True for a name of the IANA time zone database, as this machine's ICU knows it. */
export function isTimezone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+\-/]*$/.test(name)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}

export const registerSchema = z.object({ email, password, display_name: displayName.optional() })
export const loginSchema = z.object({ email, password: z.string().min(1).max(128) })
export const refreshSchema = z.object({ refresh_token: z.string().min(1).max(4096) })
export const updateMeSchema = z.object({
  display_name: displayName.optional(),
  timezone: timezoneSchema.optional(),
})

const oobCode = z.string().min(1).max(1024)
export const verifyEmailSchema = z.object({ oob_code: oobCode.optional() })
/** A mail is asked for with `email`; what stands in it is used up with `oob_code` and `new_password`. */
export const resetPasswordSchema = z
  .object({ email: email.optional(), oob_code: oobCode.optional(), new_password: password.optional() })
  .refine(({ email, oob_code }) => (email === undefined) !== (oob_code === undefined), {
    path: ['email'],
    message: 'is needed, or else oob_code',
  })
  .refine(({ oob_code, new_password }) => (oob_code === undefined) === (new_password === undefined), {
    path: ['new_password'],
    message: 'goes with oob_code',
  })

export const ROLES = ['patient', 'clinician', 'researcher', 'admin'] as const
export const roleSchema = z.enum(ROLES)
export type Role = z.infer<typeof roleSchema>

export const changeRoleSchema = z.object({ role: roleSchema })

export const PERMISSIONS = [
  'read_own_data',
  'write_own_data',
  'read_patient_data',
  'manage_users',
  'system_admin',
] as const
export type Permission = (typeof PERMISSIONS)[number]

/** What each role may do; enforced where routes declare the permission they need. Patients' data also needs a consent. */
export const ROLE_PERMISSIONS: Readonly<Record<Role, readonly Permission[]>> = {
  patient: ['read_own_data', 'write_own_data'],
  clinician: ['read_own_data', 'write_own_data', 'read_patient_data'],
  researcher: [],
  admin: ['read_own_data', 'write_own_data', 'read_patient_data', 'manage_users', 'system_admin'],
}

export const userSchema = z.object({
  user_id: z.string(),
  email: z.string(),
  email_verified: z.boolean(),
  display_name: z.string().nullable(),
  role: roleSchema,
  permissions: z.array(z.enum(PERMISSIONS)),
  timezone: z.string().nullable(),
  created_at: z.string(),
})
export type User = z.infer<typeof userSchema>

export const tokensSchema = z.object({
  id_token: z.string(),
  refresh_token: z.string(),
  expires_in: z.number().int(),
  token_type: z.literal('Bearer'),
})
export type Tokens = z.infer<typeof tokensSchema>

/** The answers of register and login, and of refresh. */
export const sessionSchema = z.object({ user: userSchema, tokens: tokensSchema })
export const refreshedSchema = z.object({ tokens: tokensSchema })

export const userRoleSchema = userSchema.pick({ user_id: true, role: true, permissions: true })
