import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto'

interface CertificateRequest {
  readonly commonName: string
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
  readonly notBefore: Date
  readonly notAfter: Date
  /** Hosts that a TLS server presents this certificate for; without any, the certificate is of version 1. */
  readonly hosts?: { readonly names: readonly string[]; readonly ipv4: readonly string[] }
}

const TAG = {
  integer: 0x02,
  bitString: 0x03,
  null: 0x05,
  oid: 0x06,
  utf8: 0x0c,
  utcTime: 0x17,
  sequence: 0x30,
  set: 0x31,
  octetString: 0x04,
  dnsName: 0x82,
  ipAddress: 0x87,
  version: 0xa0,
  extensions: 0xa3,
}
const SHA256_WITH_RSA = element(
  TAG.sequence,
  element(TAG.oid, Buffer.from('2a864886f70d01010b', 'hex')),
  element(TAG.null),
)
const SUBJECT_ALT_NAME = element(TAG.oid, Buffer.from('551d11', 'hex'))
const VERSION_3 = element(TAG.version, element(TAG.integer, Buffer.from([2])))
const COMMON_NAME = element(TAG.oid, Buffer.from('550403', 'hex'))

/**
 * A self-signed X.509 certificate (RFC 5280, sha256WithRSAEncryption) for an RSA key, as PEM.
 * `notAfter` must lie before 2050, the last year that UTCTime can write.
 */
export function createCertificate(request: CertificateRequest): string {
  const name = element(
    TAG.sequence,
    element(TAG.set, element(TAG.sequence, COMMON_NAME, element(TAG.utf8, Buffer.from(request.commonName)))),
  )
  const serial = Buffer.concat([Buffer.from([0x01]), randomBytes(15)])
  const toBeSigned = element(
    TAG.sequence,
    ...(request.hosts ? [VERSION_3] : []),
    element(TAG.integer, serial),
    SHA256_WITH_RSA,
    name,
    element(TAG.sequence, utcTime(request.notBefore), utcTime(request.notAfter)),
    name,
    request.publicKey.export({ type: 'spki', format: 'der' }),
    ...(request.hosts ? [subjectAltNames(request.hosts)] : []),
  )
  const signature = sign('RSA-SHA256', toBeSigned, request.privateKey)
  return toPem(element(TAG.sequence, toBeSigned, SHA256_WITH_RSA, bitString(signature)))
}

/** The SHA-1 fingerprint of a PEM certificate in hexadecimal: the form of Google's key ids. */
export function fingerprint(pem: string): string {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  return createHash('sha1').update(der).digest('hex')
}

function subjectAltNames(hosts: NonNullable<CertificateRequest['hosts']>): Buffer {
  const names = element(
    TAG.sequence,
    ...hosts.names.map((name) => element(TAG.dnsName, Buffer.from(name))),
    ...hosts.ipv4.map((address) => element(TAG.ipAddress, Buffer.from(address.split('.').map(Number)))),
  )
  const extension = element(TAG.sequence, SUBJECT_ALT_NAME, element(TAG.octetString, names))
  return element(TAG.extensions, element(TAG.sequence, extension))
}

function element(tag: number, ...contents: Buffer[]): Buffer {
  const body = Buffer.concat(contents)
  return Buffer.concat([Buffer.from([tag]), length(body.length), body])
}

function length(bytes: number): Buffer {
  if (bytes < 0x80) return Buffer.from([bytes])
  const digits = Buffer.from(bytes.toString(16).padStart(bytes > 0xff ? 4 : 2, '0'), 'hex')
  return Buffer.concat([Buffer.from([0x80 | digits.length]), digits])
}

function bitString(bytes: Buffer): Buffer {
  return element(TAG.bitString, Buffer.from([0]), bytes)
}

function utcTime(time: Date): Buffer {
  const digits = time.toISOString().replace(/[-:T]|\.\d+/g, '')
  return element(TAG.utcTime, Buffer.from(digits.slice(2)))
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
