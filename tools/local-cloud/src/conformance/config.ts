import { delimiter, join } from 'node:path'

/** Folders that may hold an installed Google Cloud SDK, the most specific first. */
export function sdkFolders(env: NodeJS.ProcessEnv = process.env): string[] {
  const besideGcloud = (env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, '..'))
  return [
    ...(env['CLOUDSDK_ROOT_DIR'] ? [env['CLOUDSDK_ROOT_DIR']] : []),
    ...(env['HOME'] ? [join(env['HOME'], 'google-cloud-sdk')] : []),
    '/usr/lib/google-cloud-sdk',
    '/usr/share/google-cloud-sdk',
    '/opt/google-cloud-sdk',
    ...besideGcloud,
  ]
}
