/** UUIDs of samples by hour, the same in every body. */
export function uuidAt(day: number, hour: number): string {
  return `00000000-0000-4000-8000-${String(day).padStart(6, '0')}${String(hour).padStart(6, '0')}`
}

const DAYS = [1, 2, 3, 4, 5, 6, 7]
const HOURS = Array.from({ length: 24 }, (_, hour) => hour)

const instant = (day: number, hour: number, minute: number) =>
  new Date(Date.UTC(2026, 2, day, hour, minute)).toISOString()

/** A week (1–7 March 2026) with steps in each hour of each day, a hundred in the hour `h` and `h` more, as a raw envelope. */
export function weekOfSteps(days: readonly number[] = DAYS): object {
  return {
    quantity_samples: days.flatMap((day) =>
      HOURS.map((hour) => ({
        uuid: uuidAt(day, hour),
        identifier: 'HKQuantityTypeIdentifierStepCount',
        unit: 'count',
        value: 100 + hour,
        start_date: instant(day, hour, 10),
        end_date: instant(day, hour, 11),
        source_name: 'Watch',
        metadata: {},
      })),
    ),
    category_samples: [],
  }
}

/** Steps that their writer gives a name of its own and a version, in the first minute of an hour of a day. */
export function versionOfSteps(version: number, [day, hour]: readonly [number, number]): object {
  return {
    quantity_samples: [
      {
        identifier: 'HKQuantityTypeIdentifierStepCount',
        unit: 'count',
        value: 1000 * version,
        start_date: instant(day, hour, 0),
        end_date: instant(day, hour, 1),
        source_name: 'Walks',
        metadata: { HKSyncIdentifier: 'walk-1', HKSyncVersion: version },
      },
    ],
    category_samples: [],
  }
}

/** Steps of one day as that: 24 × 100 and 0 + 1 + … + 23. */
export const STEPS_A_DAY = 2676

/** The answer of an anchored query of react-native-healthkit: one hour of the first day, and deletions. */
export function anchoredAnswer(deleted: readonly string[]): object {
  return {
    samples: [
      {
        uuid: '99999999-0000-4000-8000-000000000001',
        quantityType: 'HKQuantityTypeIdentifierHeartRate',
        quantity: 61,
        unit: 'count/min',
        startDate: instant(1, 12, 0),
        endDate: instant(1, 12, 0),
        sourceRevision: {
          source: { name: 'Watch', bundleIdentifier: 'com.apple.health' },
          productType: 'Watch6,7',
        },
        metadata: {},
      },
    ],
    deletedSamples: deleted.map((uuid) => ({ uuid, metadata: {} })),
    newAnchor: 'anchor',
  }
}
