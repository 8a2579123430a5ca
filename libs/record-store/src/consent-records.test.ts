import { Firestore } from '@google-cloud/firestore'
import { type StoreUnderTest, storeOnLocalCloud } from '../tests/record-store-on-local-cloud.ts'

const at = '2026-03-08T00:00:00.000Z'
const consent = { clinician_id: 'dr', granted_at: at, expires_at: null }

describe('consents', () => {
  let under: StoreUnderTest
  beforeAll(async () => {
    under = await storeOnLocalCloud()
  })
  afterAll(() => under[Symbol.asyncDispose]())

  it('stand as they were given last, until they are withdrawn', async () => {
    const { consents } = under.store
    expect(await consents.get('patient', 'dr')).toBeNull()
    await consents.grant('patient', consent)
    await consents.grant('patient', { ...consent, expires_at: '2026-04-01T00:00:00.000Z' })
    expect(await consents.get('patient', 'dr')).toEqual({
      ...consent,
      expires_at: '2026-04-01T00:00:00.000Z',
    })
    expect(await consents.get('dr', 'patient')).toBeNull()
    await consents.withdraw('patient', { clinicianId: 'dr', at })
    await consents.withdraw('patient', { clinicianId: 'dr', at })
    expect(await consents.get('patient', 'dr')).toBeNull()
  })

  it('are listed newest first, page by page', async () => {
    const { consents } = under.store
    for (const day of [1, 2, 3])
      await consents.grant('lister', { ...consent, clinician_id: `dr-${day}`, granted_at: `2026-03-0${day}` })
    const first = await consents.list('lister', { limit: 2 })
    expect(first.data.map(({ clinician_id }) => clinician_id)).toEqual(['dr-3', 'dr-2'])
    const rest = await consents.list('lister', { limit: 2, cursor: first.next! })
    expect(rest).toMatchObject({ data: [{ clinician_id: 'dr-1' }], next: null })
  })

  it('leave nothing with others when one of the two is erased', async () => {
    const { consents, erasures } = under.store
    await consents.grant('staying', { ...consent, clinician_id: 'leaving' })
    await consents.grant('leaving', { ...consent, clinician_id: 'staying' })
    await erasures.mark('leaving', at)
    await erasures.removeDocuments('leaving')
    expect(await consents.get('staying', 'leaving')).toBeNull()
    expect(await consents.get('leaving', 'staying')).toBeNull()
    await expect(consents.grant('staying', { ...consent, clinician_id: 'leaving' })).rejects.toMatchObject({
      kind: 'not-found',
    })
  })

  it('are none from the mark of the person’s erasure on, before they are removed', async () => {
    const { consents, erasures } = under.store
    await consents.grant('marked', consent)
    await consents.grant('unmarked', consent)
    await erasures.mark('marked', at)
    expect(await consents.get('marked', 'dr')).toBeNull()
    expect(await consents.get('unmarked', 'dr')).toEqual(consent)
  })

  it('leave an audit record of each change, as roles do, that names nobody', async () => {
    const { consents, audits } = under.store
    await consents.grant('audited-patient', { ...consent, clinician_id: 'audited-clinician' })
    await consents.withdraw('audited-patient', { clinicianId: 'audited-clinician', at })
    await consents.withdraw('audited-patient', { clinicianId: 'audited-clinician', at })
    await audits.roleChanged({ userId: 'audited-clinician', actorId: 'audited-admin', role: 'clinician', at })
    const firestore = new Firestore({ projectId: under.projectId })
    const records = (await firestore.collection('audit').get()).docs.map((document) => document.data())
    await firestore.terminate()
    const hash = expect.stringMatching(/^[0-9a-f]{64}$/) as unknown
    const common = { subject_hash: hash, at }
    expect(records).toContainEqual({ ...common, action: 'consent.granted', clinician_hash: hash })
    expect(records).toContainEqual({ ...common, action: 'consent.withdrawn', clinician_hash: hash })
    expect(records).toContainEqual({ ...common, action: 'role.changed', actor_hash: hash, role: 'clinician' })
    const [subject] = records
      .filter(({ action }) => action === 'role.changed')
      .map((each) => each.subject_hash)
    const about = records.filter((each) => each.clinician_hash === subject)
    expect(about.map(({ action }) => String(action)).sort()).toEqual(['consent.granted', 'consent.withdrawn'])
    expect(JSON.stringify(records)).not.toContain('audited-')
  })
})
