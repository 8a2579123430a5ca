import { readFileSync } from 'node:fs'

/** Linux counts processor time in hundredths of a second. */
const msPerTick = 10
const [userField, systemField] = [11, 12]
/** Place in `/proc/stat` of what a virtual machine's host gave to others. */
const STOLEN = 7

/** Processor milliseconds that a process has used so far; NaN where the system has no `/proc`. */
export function cpuMs(pid: number | undefined): number {
  const text = readProc(pid, 'stat')
  // The name of the program, in brackets, may hold spaces.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[userField]) + Number(fields[systemField])) * msPerTick
}

/** Largest resident memory of a process in mebibytes; NaN where the system has no `/proc`. */
export function peakMb(pid: number | undefined): number {
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readProc(pid, 'status'))?.[1]) / 1024
}

/** Hundredths of a second of all processors since the machine started; NaN where the system has no `/proc`. */
export function processorTicks(): { readonly total: number; readonly stolen: number } {
  const [, ...ticks] = readProc('', 'stat').split('\n', 1)[0]!.split(/\s+/).map(Number)
  return {
    total: ticks.slice(0, STOLEN + 1).reduce((sum, one) => sum + one, 0),
    stolen: ticks[STOLEN] ?? NaN,
  }
}

function readProc(pid: number | string | undefined, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}
