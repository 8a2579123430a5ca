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
  description = "Cloud KMS key that encrypts the sources of builds."
  type        = string

  validation {
    condition     = can(regex("^projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+$", var.kms_key_id))
    error_message = "Give the whole name: projects/…/locations/…/keyRings/…/cryptoKeys/…."
  }
}

variable "deployer_email" {
  description = "Account that CI acts as."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9-]+@[a-z0-9.-]+\\.iam\\.gserviceaccount\\.com$", var.deployer_email))
    error_message = "A service account's e-mail ends in iam.gserviceaccount.com."
  }
}

variable "runtime_emails" {
  description = "Service → e-mail of the account it runs as; the deployer may start revisions as these and no others."
  type        = map(string)

  validation {
    condition     = alltrue([for email in values(var.runtime_emails) : can(regex("^[a-z0-9-]+@[a-z0-9.-]+\\.iam\\.gserviceaccount\\.com$", email))])
    error_message = "A service account's e-mail ends in iam.gserviceaccount.com."
  }
}

variable "github" {
  description = "The repository that may deploy: numeric ids, which a renamed or re-registered owner does not take along, its name, the git ref, and the environment of GitHub whose reviewers let a delivery go on."
  type = object({
    owner_id      = string
    repository_id = string
    repository    = string
    ref           = string
    environment   = string
  })

  validation {
    condition     = can(regex("^[0-9]+$", var.github.owner_id)) && can(regex("^[0-9]+$", var.github.repository_id))
    error_message = "The ids of the owner and the repository are numbers."
  }

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]*$", var.github.environment))
    error_message = "An environment's name has lower-case letters, digits and hyphens."
  }

  validation {
    condition     = can(regex("^[\\w.-]+/[\\w.-]+$", var.github.repository)) && can(regex("^refs/(heads|tags)/", var.github.ref))
    error_message = "The repository is owner/name, the ref refs/heads/… or refs/tags/…."
  }
}

