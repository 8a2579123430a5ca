import { parseArguments } from './arguments.ts'
import { envToStartConfig } from './config.ts'

describe('the command line', () => {
  it('defaults to a demo in this machine’s zone', () => {
    expect(parseArguments([])).toEqual({
      once: false,
      demo: true,
      fresh: false,
      upload: undefined,
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      dataDir: undefined,
    })
  })

  it('takes a file and its zone', () => {
    const options = parseArguments(['--once', '--upload', 'a.json.gz', '--timezone', 'America/New_York'])
    expect(options).toMatchObject({ once: true, upload: 'a.json.gz', timezone: 'America/New_York' })
  })

  it.each([
    [['--timezone', 'Mars/Olympus'], '--timezone: "Mars/Olympus" is no IANA time zone'],
    [['--no-demo', '--once'], '--once and --no-demo exclude each other'],
    [['--no-demo', '--upload', 'a.json'], '--upload and --no-demo exclude each other'],
  ])('refuses %j in one line', (argv, message) => {
    expect(() => parseArguments(argv)).toThrow(message)
  })

  it('answers an unknown option with the usage', () => {
    expect(() => parseArguments(['--nonsense'])).toThrow(/--no-demo {2,}start and stay up/)
  })
})

describe('ports', () => {
  it('can each be moved by their variable', () => {
    const config = envToStartConfig({ INGESTION_PORT: '18080', VERTEX_PORT: '18087', INIT_CWD: '/tmp' })
    expect(config.servicePorts).toEqual({ ingestion: 18080, analysis: 8081, insight: 8082 })
    expect(config.cloud.ports?.vertex).toBe(18087)
  })

  it('leave a part to the emulator outside that plays it', () => {
    const config = envToStartConfig({ FIRESTORE_EMULATOR_HOST: '127.0.0.1:9999', INIT_CWD: '/tmp' })
    expect(config.outside).toEqual({ FIRESTORE_EMULATOR_HOST: '127.0.0.1:9999' })
    expect(config.cloud.services).not.toContain('firestore')
  })

  it('that are none or given twice are named with their variable', () => {
    expect(() => envToStartConfig({ ANALYSIS_PORT: '8080' })).toThrow(
      'Port 8080 is given twice; set INGESTION_PORT or ANALYSIS_PORT to another one.',
    )
    expect(() => envToStartConfig({ INSIGHT_PORT: 'ninety' })).toThrow('INSIGHT_PORT: is no port (1..65535)')
  })
})
