import type { Credentials } from './api-client.ts'

/** A user of the local cloud alone: nothing outside this machine knows it. */
export const DEMO_USER: Credentials = { email: 'demo@clarity.health', password: 'demo-on-this-machine' }
