import { z } from 'zod'
import { envExample } from './env-example.ts'

it('an example environment has each variable under its description', () => {
  const schema = z.object({
    BUCKET: z.string().describe('Bucket of the raw uploads.'),
    PORT: z.coerce.number().default(8080).describe('Port of the service.'),
    ENDPOINT: z
      .string()
      .optional()
      .describe(`${'A long tale of an endpoint. '.repeat(6)}End.`),
  })
  expect(envExample(schema)).toBe(
    [
      '# Bucket of the raw uploads. Required.',
      'BUCKET=',
      '',
      '# Port of the service. Default: 8080',
      '# PORT=8080',
      '',
      '# A long tale of an endpoint. A long tale of an endpoint. A long tale of an endpoint. A long tale of an',
      '# endpoint. A long tale of an endpoint. A long tale of an endpoint. End.',
      '# ENDPOINT=',
      '',
    ].join('\n'),
  )
})
