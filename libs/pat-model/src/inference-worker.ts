import { parentPort, workerData } from 'node:worker_threads'
import ort from 'onnxruntime-node'
import type { InferenceReply, InferenceRequest, InferenceWorkerData } from './inference-messages.ts'

const { onnx, threads } = workerData as InferenceWorkerData

ort.env.logLevel = 'error' // its warnings would be lines in a log that is JSON
const session = await ort.InferenceSession.create(onnx, {
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  executionMode: 'sequential',
})

async function answer({ id, activity }: InferenceRequest): Promise<void> {
  const input = new ort.Tensor('float32', activity, [1, activity.length])
  const outputs = await session.run({ activity: input })
  const copy = (name: string) => Float32Array.from(outputs[name]?.data as Float32Array)
  const output = { embedding: copy('embedding'), patches: copy('patches') }
  parentPort?.postMessage({ kind: 'output', id, output } satisfies InferenceReply, [
    output.embedding.buffer,
    output.patches.buffer,
  ])
}

let last = Promise.resolve()
parentPort?.on('message', (request: InferenceRequest) => {
  // One at a time and in order; a rejection ends the worker, which its owner hears.
  last = last.then(() => answer(request))
})
parentPort?.postMessage({ kind: 'ready' } satisfies InferenceReply)
