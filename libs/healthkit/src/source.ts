import type { SampleSource } from '@clarity/health-data'
import { objectOr, textOrNull } from './json.ts'

/** Product type of a device as clients describe it: `Watch6,7`, else its model. */
export function productOf(device: unknown): string | null {
  const { productType, product_type, hardware, hardwareVersion, hardware_version, model } = objectOr(device)
  const names = [productType, product_type, hardware, hardwareVersion, hardware_version, model]
  return textOrNull(names.find((name) => textOrNull(name) !== null))
}

/** A field of HealthKit's description of a device, `<<HKDevice: 0x30…>, name:Apple Watch, hardware:Watch6,7>`. */
export function describedField(device: string | undefined, field: string): string | undefined {
  // A product type has a comma of its own (`hardware:Watch6,7`); fields are parted by a comma and a space.
  return device
    ?.split(', ')
    .find((part) => part.startsWith(`${field}:`))
    ?.slice(field.length + 1)
    .replace(/>$/, '')
}

/** A source of which the client tells the name alone. */
export function namedSource(name: unknown): SampleSource {
  return { name: textOrNull(name), bundle_id: null, product: null }
}

/** HealthKit's `HKSource` with its revision, as the React Native bridges serialise it. */
export function revisionSource(revision: unknown, device: unknown): SampleSource {
  const { source, productType } = objectOr(revision)
  const { name, bundleIdentifier } = objectOr(source)
  return {
    name: textOrNull(name),
    bundle_id: textOrNull(bundleIdentifier),
    product: textOrNull(productType) ?? productOf(device),
  }
}
