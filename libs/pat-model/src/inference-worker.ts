import { parentPort, workerData } from 'node:worker_threads'
import ort from 'onnxruntime-node'
import type { InferenceReply, InferenceRequest, InferenceWorkerData } from './inference-messages.ts'

const { onnx, threads } = workerData as InferenceWorkerData
const reply = (message: InferenceReply): void => parentPort?.postMessage(message)

const session = await ort.InferenceSession.create(onnx, {
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  executionMode: 'sequential',
})

async function answer({ id, activity }: InferenceRequest): Promise<void> {
  const input = new ort.Tensor('float32', activity, [1, activity.length])
  const { embedding } = await session.run({ activity: input }, ['embedding'])
  reply({ kind: 'embedding', id, embedding: Float32Array.from(embedding?.data as Float32Array) })
}

let last = Promise.resolve()
parentPort?.on('message', (request: InferenceRequest) => {
  // One at a time and in order; a rejection ends the worker, which its owner hears.
  last = last.then(() => answer(request))
})
reply({ kind: 'ready' })
