import { readFile } from 'node:fs/promises'
import { argv } from 'node:process'
import { createInference } from '@clarity/pat-model'
import { activityRecording } from '../activity-recording.ts'
import type { RunnerOrder, RunnerReply, RunnerTask } from './runner-messages.ts'
import { watchLoop } from './watch-loop.ts'

// A process of its own for each task, so that its peak memory is its own: answers every order with one run.

const { onnx, inputSize, threads, batch } = JSON.parse(argv[2]!) as RunnerTask
const inference = await createInference({ onnx: await readFile(onnx), threads })

function inputs(): Float32Array[] {
  const { minutes } = activityRecording(7 * batch)
  const scaled = Float32Array.from(minutes, (minute) => (Number.isNaN(minute) ? 0 : minute / 300 - 0.3))
  return Array.from({ length: batch }, (_, index) =>
    scaled.subarray(index * inputSize, (index + 1) * inputSize),
  )
}

const weeks = inputs()

async function answer(order: RunnerOrder): Promise<RunnerReply> {
  const blocked = order === 'watch' ? watchLoop() : undefined
  const started = performance.now()
  await inference.run(weeks)
  const ms = performance.now() - started
  return { ms, peakMb: process.resourceUsage().maxRSS / 1024, ...(blocked && { blockedMs: blocked() }) }
}

process.on('message', (order: RunnerOrder) => void answer(order).then((reply) => process.send?.(reply)))
process.on('disconnect', () => process.exit())
process.send?.('ready')
