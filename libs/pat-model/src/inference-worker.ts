import { constants, platform, setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import {
  type InferenceOutput,
  type InferenceReply,
  type InferenceRequest,
  type InferenceWorkerData,
  STOP,
} from './inference-messages.ts'

const { onnx, threads } = workerData as InferenceWorkerData

// The runtime's threads take over what this one has: the event loop comes first. Elsewhere it would be the whole process.
if (platform() === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL)

// Microsoft's builds report the machine, the model and its runs to Microsoft, unless this is set before they are loaded.
// eslint-disable-next-line no-restricted-syntax -- it is set, not read
process.env['ORT_DISABLE_TELEMETRY'] = '1'
const { default: ort } = await import('onnxruntime-node')

ort.env.logLevel = 'error' // its warnings would be lines in a log that is JSON
const session = await ort.InferenceSession.create(onnx, {
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  // Long enough from one operator to the next. By default the threads keep spinning for some 50 ms after a run, and
  // take a core from the event loop.
  extra: { session: { intra_op: { spin_duration_us: '1000' } } },
})

/** One input after the other: a run of many would take as long for each, and many times the memory. */
async function answer({ id, activity, inputs }: InferenceRequest): Promise<void> {
  const size = activity.length / inputs
  const outputs: Record<string, Float32Array> = {}
  for (let index = 0; index < inputs; index += 1) {
    if (stopping) return
    const input = activity.subarray(index * size, (index + 1) * size)
    const results = await session.run({ activity: new ort.Tensor('float32', input, [1, size]) })
    for (const [name, { data }] of Object.entries(results)) {
      const values = data as Float32Array
      outputs[name] ??= new Float32Array(inputs * values.length)
      outputs[name].set(values, index * values.length)
    }
  }
  const output = outputs as unknown as InferenceOutput
  parentPort?.postMessage(
    { kind: 'output', id, output } satisfies InferenceReply,
    Object.values(outputs).map(({ buffer }) => buffer as ArrayBuffer),
  )
}

let last = Promise.resolve()
let stopping = false
parentPort?.on('message', (request: InferenceRequest | typeof STOP) => {
  // One at a time and in order; a rejection ends the worker, which its owner hears.
  if (request !== STOP) last = last.then(() => answer(request))
  else {
    stopping = true
    last = last.then(() => parentPort?.close())
  }
})
parentPort?.postMessage({ kind: 'ready' } satisfies InferenceReply)
