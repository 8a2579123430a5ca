import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

const KEY_BYTES = 64

/** A new salt and the scrypt hash of the password with it, base64. */
export async function hashPassword(password: string): Promise<{ passwordHash: string; salt: string }> {
  const salt = randomBytes(16)
  return {
    passwordHash: (await derive(password, salt)).toString('base64'),
    salt: salt.toString('base64'),
  }
}

/** True where the password is the one that was hashed. */
export async function isPassword(
  password: string,
  stored: { passwordHash?: string | undefined; salt?: string | undefined },
): Promise<boolean> {
  const derived = await derive(password, Buffer.from(stored.salt ?? '', 'base64'))
  const expected = Buffer.from(stored.passwordHash ?? '', 'base64')
  return expected.length === derived.length && timingSafeEqual(derived, expected)
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, KEY_BYTES, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
