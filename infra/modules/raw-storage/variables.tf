variable "project_id" {
  description = "Google Cloud project id."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "A project id is 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "project_number" {
  description = "Google Cloud project number; service agents and Cloud Run URLs carry it."
  type        = string

  validation {
    condition     = can(regex("^[0-9]{6,}$", var.project_number))
    error_message = "A project number has digits only."
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
  description = "Cloud KMS key that encrypts the raw uploads."
  type        = string

  validation {
    condition     = can(regex("^projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+$", var.kms_key_id))
    error_message = "Give the whole name: projects/…/locations/…/keyRings/…/cryptoKeys/…."
  }
}

variable "bucket_name" {
  description = "Name of the bucket; unique in the world."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$", var.bucket_name))
    error_message = "A bucket name has 3 to 63 lower-case letters, digits, dots, hyphens and underscores."
  }
}

variable "grants" {
  description = "Who may do what with the objects: name of the service account → role on this bucket alone."
  type        = map(object({ email = string, role = string }))

  validation {
    condition     = alltrue([for grant in values(var.grants) : can(regex("^projects/[^/]+/roles/clarity", grant.role))])
    error_message = "The roles are our own: Google's let a service do more than it does."
  }
}

variable "finalized_topic" {
  description = "Id of the topic that hears of finished resumable uploads: projects/…/topics/…."
  type        = string

  validation {
    condition     = can(regex("^projects/[^/]+/topics/[^/]+$", var.finalized_topic))
    error_message = "Give the whole name: projects/…/topics/…."
  }
}

