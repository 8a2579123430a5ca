// Writes libs/api-client/openapi.json, the document from which the client's types are made.
import { writeFile } from 'node:fs/promises'
import { format } from 'prettier'
import { OPENAPI_FILE } from './documented-api.ts'
import { ingestionOnLocalCloud } from './ingestion-on-local-cloud.ts'

await using ingestion = await ingestionOnLocalCloud()
const { body } = await ingestion.call('GET', '/openapi.json')
await writeFile(OPENAPI_FILE, await format(JSON.stringify(body), { parser: 'json', printWidth: 110 }))
