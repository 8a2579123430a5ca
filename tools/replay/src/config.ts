export interface Config {
  readonly projectId: string
  /** The services' own key: under its HMAC the erased are marked. */
  readonly userHashKey: string
}

/** What this process is told; or the names of the variables that are missing. */
export function readConfig(): Config | { readonly missing: readonly string[] } {
  const { GOOGLE_CLOUD_PROJECT: projectId, USER_HASH_KEY: userHashKey } = process.env
  if (projectId && userHashKey) return { projectId, userHashKey }
  return {
    missing: [...(projectId ? [] : ['GOOGLE_CLOUD_PROJECT']), ...(userHashKey ? [] : ['USER_HASH_KEY'])],
  }
}
