import { setTimeout as delay } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { call } from './call.ts'

const SAMPLE_MS = 50

/** Asks until it is told to end, then tells the longest time that an answer took, in milliseconds. */
async function askLiveness(urls: Readonly<Record<string, string>>): Promise<void> {
  let isOver = false
  parentPort?.once('message', () => (isOver = true))
  const longest: Record<string, number> = {}
  const ask = async (name: string, url: string): Promise<void> => {
    while (!isOver) {
      const asked = performance.now()
      await call(`${url}/health`)
      longest[name] = Math.max(longest[name] ?? 0, Math.round(performance.now() - asked))
      await delay(SAMPLE_MS)
    }
  }
  await Promise.all(Object.entries(urls).map(([name, url]) => ask(name, url)))
  parentPort?.postMessage(longest)
}

void askLiveness(workerData as Readonly<Record<string, string>>)
