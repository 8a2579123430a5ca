import { envToConfig } from './config.ts'

describe('the environment of the local cloud', () => {
  it('has a default for everything', () => {
    expect(envToConfig({})).toEqual({
      projectId: 'demo-clarity',
      dataDir: '.clarity',
      ports: {
        admin: 4000,
        pubsub: 8085,
        firestore: 8086,
        storage: 9199,
        auth: 9099,
        vertex: 8087,
        otlp: 4318,
        metadata: 8088,
      },
      services: ['admin', 'pubsub', 'firestore', 'storage', 'auth', 'vertex', 'otlp', 'metadata'],
    })
  })

  it('moves ports and leaves out what an outside emulator plays', () => {
    const config = envToConfig({
      PUBSUB_PORT: '9000',
      FIRESTORE_EMULATOR_HOST: '127.0.0.1:1',
      STORAGE_EMULATOR_HOST: 'http://127.0.0.1:2',
    })
    expect(config.ports?.pubsub).toBe(9000)
    expect(config.services).toEqual(['admin', 'pubsub', 'auth', 'vertex', 'otlp', 'metadata'])
  })

  it('names every variable that is wrong, a line each', () => {
    expect(() => envToConfig({ AUTH_PORT: 'nine', OTLP_PORT: '70000' })).toThrow(
      'AUTH_PORT must be a port number (0 to 65535), not "nine".\nOTLP_PORT must be a port number (0 to 65535), not "70000".',
    )
  })
})
