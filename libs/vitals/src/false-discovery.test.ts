import { falseDiscoveryRates } from './false-discovery.ts'

/** SciPy 1.17 `stats.false_discovery_control`. */
const REFERENCE: readonly (readonly [p: number, q: number])[] = [
  [0.041, 0.21],
  [0.001, 0.025],
  [0.34, 0.5328125],
  [0.008, 0.1],
  [0.039, 0.21],
  [0.042, 0.21],
  [0.06, 0.25],
  [0.074, 0.2642857142857143],
  [0.205, 0.49107142857142866],
  [0.212, 0.49107142857142866],
  [0.216, 0.49107142857142866],
  [0.222, 0.49107142857142866],
  [0.251, 0.49107142857142866],
  [0.269, 0.49107142857142866],
  [0.275, 0.49107142857142866],
  [0.341, 0.5328125],
  [0.384, 0.5647058823529413],
  [0.569, 0.781578947368421],
  [0.594, 0.781578947368421],
  [0.696, 0.87],
  [0.762, 0.9071428571428571],
  [0.94, 0.986],
  [0.942, 0.986],
  [0.975, 0.986],
  [0.986, 0.986],
]

describe('false discovery rates', () => {
  it('are those of Benjamini and Hochberg, in the order given', () => {
    const rates = falseDiscoveryRates(REFERENCE.map(([p]) => p))
    for (const [index, [, q]] of REFERENCE.entries()) expect(rates[index]).toBeCloseTo(q, 12)
  })

  it('are the probability itself for a single test, and nothing for none', () => {
    expect(falseDiscoveryRates([0.03])).toEqual([0.03])
    expect(falseDiscoveryRates([])).toEqual([])
  })
})
