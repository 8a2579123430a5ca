import { SHARE_ENV, Worker } from 'node:worker_threads'
import { unavailable } from '@clarity/failure'
import {
  type InferenceOutput,
  type InferenceReply,
  type InferenceRequest,
  type InferenceWorkerData,
  STOP,
} from './inference-messages.ts'

type Pending = Pick<PromiseWithResolvers<InferenceOutput>, 'resolve' | 'reject'>

/** A session in a worker thread, because the runtime blocks the thread that calls it. */
interface RunningWorker {
  readonly worker: Worker
  readonly pending: Map<number, Pending>
}

/** Runs an encoder off the event loop. A worker that stops fails what it was asked; the next call starts another. */
export interface Inference extends AsyncDisposable {
  /** Encodes inputs of one length, in one exchange with the worker; fails `unavailable` when the worker stops before it answers. */
  run(inputs: readonly Float32Array[], signal?: AbortSignal): Promise<InferenceOutput>
}

const WORKER_FILE = new URL('./inference-worker.ts', import.meta.url)

function stopped(cause?: unknown): Error {
  return unavailable({ code: 'model_stopped', detail: 'The model stopped before it answered.' }, cause)
}

/** Resolves when the session is made; calls `onEnd` once, however the worker ends. */
async function startWorker(data: InferenceWorkerData, onEnd: () => void): Promise<RunningWorker> {
  // Without the parent's arguments: a preload such as the telemetry's belongs to the service's main thread alone.
  // With its environment: what the worker sets there is for native code, which sees that of the process alone.
  const worker = new Worker(WORKER_FILE, { workerData: data, execArgv: [], env: SHARE_ENV })
  const running: RunningWorker = { worker, pending: new Map() }
  const ready = Promise.withResolvers<void>()
  let reason: unknown
  worker.on('message', (reply: InferenceReply) => {
    if (reply.kind === 'ready') return ready.resolve()
    running.pending.get(reply.id)?.resolve(reply.output)
    running.pending.delete(reply.id)
  })
  worker.on('error', (error) => {
    reason = error
  })
  worker.on('exit', () => {
    onEnd()
    ready.reject(
      unavailable({ code: 'model_unusable', detail: 'The runtime cannot load encoder.onnx.' }, reason),
    )
    for (const { reject } of running.pending.values()) reject(stopped(reason))
  })
  await ready.promise
  return running
}

function joined(inputs: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(inputs.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const input of inputs) {
    all.set(input, offset)
    offset += input.length
  }
  return all
}

function ask(
  { worker, pending }: RunningWorker,
  request: InferenceRequest,
  signal?: AbortSignal,
): Promise<InferenceOutput> {
  const { promise, resolve, reject } = Promise.withResolvers<InferenceOutput>()
  const giveUp = (): void => {
    pending.delete(request.id)
    reject(signal?.reason)
  }
  signal?.addEventListener('abort', giveUp, { once: true })
  pending.set(request.id, { resolve, reject })
  worker.postMessage(request)
  return promise.finally(() => signal?.removeEventListener('abort', giveUp))
}

/** Starts the worker and makes the session; fails `unavailable`, code `model_unusable`, where the runtime refuses it. */
export async function createInference(data: InferenceWorkerData): Promise<Inference> {
  let current: Promise<RunningWorker> | undefined
  let closed = false
  let requests = 0
  const start = (): Promise<RunningWorker> => {
    const started = startWorker(data, () => {
      if (current === started) current = undefined
    })
    return started
  }
  current = start()
  await current
  return {
    async run(inputs, signal) {
      signal?.throwIfAborted()
      if (closed) throw stopped()
      current ??= start()
      const running = await current
      signal?.throwIfAborted()
      requests += 1
      return ask(running, { id: requests, activity: joined(inputs), inputs: inputs.length }, signal)
    },
    async [Symbol.asyncDispose]() {
      closed = true
      const running = await current?.catch(() => undefined)
      if (running === undefined) return
      const ended = new Promise((resolve) => running.worker.once('exit', resolve))
      running.worker.postMessage(STOP)
      await ended
    },
  }
}
