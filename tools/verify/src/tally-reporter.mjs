import { writeSync } from 'node:fs'

/** Closes a test run with its count alone on the last line, as people and CI read it. */
export default class TallyReporter {
  /** Of a file whose tests are all skipped Jest prints nothing, not even why. */
  onTestResult(_test, { skipped, console }) {
    if (skipped) for (const { message } of console ?? []) writeSync(1, `${message}\n`)
  }

  onRunComplete(_contexts, results) {
    const brokenFiles = results.testResults.filter((file) => file.testExecError).length
    const failed = results.numFailedTests + brokenFiles
    // Coverage and summary are printed after this callback; the count comes when the process ends.
    process.once('exit', () => {
      if (results.numPendingTests > 0) writeSync(1, `${results.numPendingTests} skipped\n`)
      writeSync(1, `${results.numPassedTests} passed, ${failed} failed\n`)
    })
  }
}
