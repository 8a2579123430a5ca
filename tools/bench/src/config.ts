/** Points Google's clients of this process, which read its environment when they are made, at that cloud. */
export function useCloud(environment: Readonly<Record<string, string>>): void {
  Object.assign(process.env, environment)
}
