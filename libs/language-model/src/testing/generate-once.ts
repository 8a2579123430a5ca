import { createVertexLanguageModel } from '../index.ts'

const [endpoint = ''] = process.argv.slice(2)
const model = createVertexLanguageModel({
  projectId: 'demo-clarity',
  location: 'us',
  model: 'gemini-3.5-flash',
  endpoint,
  timeoutMs: 5000,
})
const generation = await model.generate({
  system: 'Write plainly.',
  prompt: '- sleep.asleep = 432 min (time asleep)',
  responseSchema: { type: 'STRING' },
})
process.stdout.write(JSON.stringify(generation))
process.exit(0)
