import type { Firestore } from '@google-cloud/firestore'
import {
  type GoogleEmulator,
  isGoogleEmulatorInstalled,
  startGoogleFirestoreEmulator,
} from '../conformance/google-emulators.ts'
import { createServiceContext } from '../service-context.ts'
import { FIRESTORE_CONFORMANCE } from './conformance-table.ts'
import { connect } from './conformance/client.ts'
import type { ConformanceCase, Place } from './conformance/conformance-case.ts'
import { type FirestoreService, startFirestore } from './server.ts'

const CASE_LIMIT_MS = 60_000

let places = 0

function newPlace(db: Firestore): Place {
  const root = db.collection('conformance').doc(`place-${process.pid}-${++places}`)
  return { db, doc: root.collection('alone').doc('doc'), items: root.collection('items') }
}

describe('Firestore, through its Node client', () => {
  let emulated: FirestoreService
  let db: Firestore

  beforeAll(async () => {
    emulated = await startFirestore(createServiceContext({ projectId: 'demo-clarity' }), { port: 0 })
    db = connect(`127.0.0.1:${emulated.port}`)
  })
  afterAll(async () => {
    await db.terminate()
    await emulated[Symbol.asyncDispose]()
  })

  it.each(FIRESTORE_CONFORMANCE)(
    '$title',
    async ({ run, expected }) => expect(await run(newPlace(db))).toEqual(expected),
    CASE_LIMIT_MS,
  )
})

const installed = isGoogleEmulatorInstalled('firestore')
if (!installed) console.log("Google's Firestore emulator is not installed: its answers are not compared.")

;(installed ? describe : describe.skip)("Google's Firestore emulator", () => {
  let google: GoogleEmulator | undefined
  let db: Firestore

  beforeAll(async () => {
    google = await startGoogleFirestoreEmulator()
    db = connect(google?.host ?? '')
  }, CASE_LIMIT_MS)
  afterAll(async () => {
    await db.terminate()
    await google?.[Symbol.asyncDispose]()
  })

  it.each(FIRESTORE_CONFORMANCE)(
    '$title',
    async ({ run, expected, google }: ConformanceCase) =>
      expect(await run(newPlace(db))).toEqual(google ? google.expected : expected),
    CASE_LIMIT_MS,
  )
})
