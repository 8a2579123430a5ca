import { parentPort, workerData } from 'node:worker_threads'
import ort from 'onnxruntime-node'
import type {
  InferenceOutput,
  InferenceReply,
  InferenceRequest,
  InferenceWorkerData,
} from './inference-messages.ts'

const { onnx, threads } = workerData as InferenceWorkerData

ort.env.logLevel = 'error' // its warnings would be lines in a log that is JSON
const session = await ort.InferenceSession.create(onnx, {
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  executionMode: 'sequential',
})

async function answer({ id, activity, inputs }: InferenceRequest): Promise<void> {
  const input = new ort.Tensor('float32', activity, [inputs, activity.length / inputs])
  const outputs = await session.run({ activity: input })
  const copies = Object.entries(outputs).map(([name, { data }]) => [name, (data as Float32Array).slice()])
  const output = Object.fromEntries(copies) as InferenceOutput
  parentPort?.postMessage(
    { kind: 'output', id, output } satisfies InferenceReply,
    Object.values(output).map(({ buffer }: Float32Array) => buffer as ArrayBuffer),
  )
}

let last = Promise.resolve()
parentPort?.on('message', (request: InferenceRequest) => {
  // One at a time and in order; a rejection ends the worker, which its owner hears.
  last = last.then(() => answer(request))
})
parentPort?.postMessage({ kind: 'ready' } satisfies InferenceReply)
