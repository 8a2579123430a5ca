variable "project_id" {
  description = "Google Cloud project id."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "A project id is 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "region" {
  description = "Region of everything that has one."
  type        = string

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]$", var.region))
    error_message = "A region looks like us-central1."
  }
}

variable "kms_key_id" {
  description = "Cloud KMS key that encrypts the images."
  type        = string

  validation {
    condition     = can(regex("^projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+$", var.kms_key_id))
    error_message = "Give the whole name: projects/…/locations/…/keyRings/…/cryptoKeys/…."
  }
}

variable "deployer_email" {
  description = "Account that pushes images and reads them to deploy."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]+@[a-z0-9.-]+\\.iam\\.gserviceaccount\\.com$", var.deployer_email))
    error_message = "A service account's e-mail ends in iam.gserviceaccount.com."
  }
}
