import { readFile } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { argv } from 'node:process'
import { createInference } from '@clarity/pat-model'
import { activityRecording } from '../activity-recording.ts'
import type { RunnerReply, RunnerTask } from './runner-messages.ts'

// A process of its own for each task, so that its peak memory is its own: answers every message with one timed run.

const { onnx, inputSize, threads, batch } = JSON.parse(argv[2]!) as RunnerTask
const inference = await createInference({ onnx: await readFile(onnx), threads })

function inputs(): Float32Array[] {
  const { minutes } = activityRecording(7 * batch)
  const scaled = Float32Array.from(minutes, (minute) => (Number.isNaN(minute) ? 0 : minute / 300 - 0.3))
  return Array.from({ length: batch }, (_, index) =>
    scaled.subarray(index * inputSize, (index + 1) * inputSize),
  )
}

const RESOLUTION_MS = 1
const weeks = inputs()
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS })

async function timed(): Promise<RunnerReply> {
  delay.reset()
  delay.enable()
  const started = performance.now()
  await inference.run(weeks)
  const ms = performance.now() - started
  delay.disable()
  const blockedMs = Math.max(0, delay.max / 1e6 - RESOLUTION_MS)
  return { ms, peakMb: process.resourceUsage().maxRSS / 1024, blockedMs }
}

process.on('message', () => void timed().then((reply) => process.send?.(reply)))
process.on('disconnect', () => process.exit())
process.send?.('ready')
