import type { AuthUser } from './store.ts'

/** The user as `accounts:lookup` answers it; times are decimal texts, as Google writes them. */
export function userResource(user: AuthUser) {
  const { localId, email, displayName, photoUrl } = user
  const provider = { providerId: 'password', email, federatedId: email, rawId: email, displayName, photoUrl }
  return {
    localId,
    email,
    emailVerified: user.emailVerified,
    displayName,
    photoUrl,
    passwordHash: user.passwordHash,
    salt: user.salt,
    passwordUpdatedAt: user.passwordUpdatedAtMs,
    providerUserInfo: user.passwordHash ? [provider] : [],
    validSince: String(user.validSince),
    disabled: user.disabled,
    customAttributes: user.customAttributes,
    createdAt: String(user.createdAtMs),
    ...(user.lastLoginAtMs && { lastLoginAt: String(user.lastLoginAtMs) }),
    ...(user.lastRefreshAtMs && { lastRefreshAt: new Date(user.lastRefreshAtMs).toISOString() }),
  }
}

/** The user as they see themselves: nothing about how the password is kept. */
export function ownUserResource(user: AuthUser) {
  return { ...userResource(user), passwordHash: undefined, salt: undefined }
}
