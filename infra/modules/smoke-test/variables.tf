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
  description = "Cloud KMS key that encrypts the job."
  type        = string

  validation {
    condition     = can(regex("^projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+$", var.kms_key_id))
    error_message = "Give the whole name: projects/…/locations/…/keyRings/…/cryptoKeys/…."
  }
}

variable "runner_email" {
  description = "Account that the job runs as and that may start it."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]+@[a-z0-9.-]+\\.iam\\.gserviceaccount\\.com$", var.runner_email))
    error_message = "A service account's e-mail ends in iam.gserviceaccount.com."
  }
}

variable "egress" {
  description = "Network and subnet through which the services are reached as from inside."
  type        = object({ network = string, subnetwork = string })

  validation {
    condition     = length(var.egress.network) > 0 && length(var.egress.subnetwork) > 0
    error_message = "Name the network and the subnet."
  }
}
