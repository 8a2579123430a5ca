import { vertexHost } from './vertex-client.ts'

describe('vertexHost', () => {
  test.each([
    ['us', 'aiplatform.us.rep.googleapis.com'],
    ['eu', 'aiplatform.eu.rep.googleapis.com'],
    ['global', 'aiplatform.googleapis.com'],
    ['europe-west4', 'europe-west4-aiplatform.googleapis.com'],
  ])('%s is served by %s', (location, host) => {
    expect(vertexHost(location)).toBe(host)
  })
})
