import {
  analysisSchema,
  consentSchema,
  healthSchema,
  insightSchema,
  problemSchema,
  processingSchema,
  tokensSchema,
  uploadAcceptedSchema,
  userSchema,
} from '@clarity/contracts'
import { measureSchema, summaryRowSchema } from '@clarity/health-data'
import { z } from 'zod'

/** The schemas that the document names once and refers to. */
const NAMED = {
  Analysis: analysisSchema,
  Consent: consentSchema,
  Health: healthSchema,
  Insight: insightSchema,
  Measure: measureSchema,
  Problem: problemSchema,
  Processing: processingSchema,
  SummaryRow: summaryRowSchema,
  Tokens: tokensSchema,
  UploadAccepted: uploadAcceptedSchema,
  User: userSchema,
}

export type JsonSchema = Record<string, unknown>

/** JSON Schemas of one document, made from the schemas that validate. */
export interface ComponentSchemas {
  /** Of what a client sends (`input`) or is answered (`output`); a named one is a reference. */
  schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema
  /** The named ones that were referred to so far, as `components.schemas` holds them. */
  used(): Record<string, JsonSchema>
}

export function createComponentSchemas(): ComponentSchemas {
  const names = z.registry<{ id: string }>()
  for (const [id, schema] of Object.entries(NAMED)) names.add(schema, { id })
  const used = new Map<string, JsonSchema>()
  return {
    schemaOf(schema, io) {
      // A schema that is named itself only becomes a reference where it is a part of another.
      const json = z.toJSONSchema(z.object({ it: schema }), { metadata: names, io, override })
      const { properties, $defs = {} } = withComponentPaths(json)
      for (const [name, definition] of Object.entries($defs)) used.set(name, definition)
      return properties.it
    },
    used: () => Object.fromEntries([...used].sort(([a], [b]) => (a < b ? -1 : 1))),
  }
}

interface Converted {
  readonly properties: { readonly it: JsonSchema }
  readonly $defs?: Record<string, JsonSchema>
}

function withComponentPaths(json: object): Converted {
  return JSON.parse(JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/')) as Converted
}

function override({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodType; jsonSchema: JsonSchema }): void {
  Object.assign(jsonSchema, z.globalRegistry.get(zodSchema))
  // Answers may gain fields: a client that refused them would break.
  if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
  if (jsonSchema.format !== undefined || jsonSchema.type === 'integer') delete jsonSchema.pattern
}
