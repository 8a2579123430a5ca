import { grantsByAccount } from './grants.ts'
import { type PlannedResource, plannedResources } from './planned-resource.ts'
import { securityFaults } from './security-rules.ts'
import { allowedGrants } from './testing/allowed-grants.ts'
import { copyInfra, whyNoTerraform } from './testing/terraform.ts'

const TIMEOUT_MS = 240_000
const LOCAL_BACKEND = 'terraform {\n  backend "local" {}\n}\n'

const missing = whyNoTerraform()
if (missing) console.log(`skipped: Terraform is not checked, because ${missing}`)
const whereTerraform = missing ? describe.skip : describe

whereTerraform('the Terraform of this repository', () => {
  it('is formatted', () => {
    using infra = copyInfra()
    expect(infra.formatted()).toEqual({ ok: true, output: '' })
  })

  it(
    'has the security properties that its own tests assert',
    () => {
      using infra = copyInfra()
      expect(infra.terraform('modules/system', 'init', '-backend=false')).toMatchObject({ ok: true })
      const { ok, output } = infra.terraform('modules/system', 'test')
      expect(output).toMatch(/Success! \d\d passed, 0 failed\./)
      expect(ok).toBe(true)
    },
    TIMEOUT_MS,
  )

  it(
    'asks each environment for what must hold everywhere',
    () => {
      using infra = copyInfra()
      expect(infra.terraform('environments/staging', 'init', '-backend=false').ok).toBe(true)
      infra.edit('modules/raw-storage/main.tf', '"enforced"', '"inherited"')
      infra.edit('modules/events/main.tf', / {2}dead_letter_policy \{[^}]*\}\n/, '')
      const { ok, output } = infra.terraform('environments/staging', 'test')
      expect(ok).toBe(false)
      expect(output).toContain('The bucket of raw uploads could be made public.')
      expect(output).toContain('Subscriptions have no dead letters')
    },
    TIMEOUT_MS,
  )

  it.each(['staging', 'production'])(
    'plans a %s without a security fault',
    (name) => {
      using infra = copyInfra()
      const resources = plan(infra, `environments/${name}`)
      expect(resources.length).toBeGreaterThan(200)
      expect(securityFaults(resources)).toEqual([])
      expect(grantsByAccount(resources)).toEqual(allowedGrants(`clarity-${name}`))
    },
    TIMEOUT_MS,
  )
})

whereTerraform('faults are found:', () => {
  it(
    'an argument that the provider does not know',
    () => {
      using infra = copyInfra()
      infra.edit('modules/raw-storage/main.tf', 'force_destroy  ', 'force_detsroy  ')
      expect(infra.terraform('modules/raw-storage', 'init', '-backend=false').ok).toBe(true)
      const { ok, output } = infra.terraform('modules/raw-storage', 'validate')
      expect(ok).toBe(false)
      expect(output).toContain('force_detsroy')
    },
    TIMEOUT_MS,
  )

  it(
    'a public bucket, a subscription without dead letters, a primitive role, data without a key',
    () => {
      using infra = copyInfra()
      infra.edit('modules/raw-storage/main.tf', '"enforced"', '"inherited"')
      infra.edit('modules/events/main.tf', / {2}dead_letter_policy \{[^}]*\}\n/, '')
      infra.edit('modules/identities/main.tf', '"roles/datastore.user"', '"roles/editor"')
      infra.edit('modules/records/main.tf', / {2}cmek_config \{[^}]*\}\n/, '')
      infra.terraform('modules/system', 'init', '-backend=false')
      const files = ['access', 'data-at-rest', 'events'].map((file) => `-filter=tests/${file}.tftest.hcl`)
      const { ok, output } = infra.terraform('modules/system', 'test', ...files)
      expect(ok).toBe(false)
      expect(output).toContain('The bucket could be made public.')
      expect(output).toContain('A message that always fails would come for ever.')
      expect(output).toContain('A service may reach another database, or do more there.')
      expect(output).toMatch(/no key of ours|cmek_config/)
    },
    TIMEOUT_MS,
  )
})

function plan(infra: ReturnType<typeof copyInfra>, folder: string): PlannedResource[] {
  infra.write(`${folder}/backend_override.tf`, LOCAL_BACKEND)
  for (const args of [['init'], ['plan', '-input=false', '-out=plan.tfplan']]) {
    const { ok, output } = infra.terraform(folder, ...args)
    if (!ok) throw new Error(output)
  }
  const { output } = infra.terraform(folder, 'show', '-json', 'plan.tfplan')
  return plannedResources(JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1)))
}
