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
  description = "Cloud KMS key that encrypts the service's instances and their disks."
  type        = string

  validation {
    condition     = can(regex("^projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+$", var.kms_key_id))
    error_message = "Give the whole name: projects/…/locations/…/keyRings/…/cryptoKeys/…."
  }
}

variable "name" {
  description = "Name of the service."
  type        = string

  validation {
    condition     = contains(["ingestion", "analysis", "insight"], var.name)
    error_message = "The services are ingestion, analysis and insight."
  }
}

variable "service_account" {
  description = "E-mail of the account that the service runs as."
  type        = string

  validation {
    condition     = startswith(var.service_account, "clarity-")
    error_message = "A service runs as its own account, never as the project's default one."
  }
}

variable "url" {
  description = "The service's URL, which callers' tokens name as their audience."
  type        = string

  validation {
    condition     = can(regex("^https://[a-z0-9-]+\\.[a-z0-9-]+\\.run\\.app$", var.url))
    error_message = "The URL is the one that Cloud Run derives: https://NAME-NUMBER.REGION.run.app."
  }
}

variable "public" {
  description = "True for the one service that the load balancer reaches; people's tokens are checked by the service itself."
  type        = bool
  default     = false
}

variable "invoker_emails" {
  description = "Caller (a name) → e-mail of the account that may call the service."
  type        = map(string)

  validation {
    condition     = alltrue([for email in values(var.invoker_emails) : can(regex("^[a-z0-9-]+@[a-z0-9.-]+\\.iam\\.gserviceaccount\\.com$", email))])
    error_message = "A service account's e-mail ends in iam.gserviceaccount.com."
  }
}

variable "env" {
  description = "Variables of the service."
  type        = map(string)

  validation {
    condition = length(setintersection(keys(var.env), [
      "PORT", "K_SERVICE", "FIREBASE_AUTH_EMULATOR_HOST", "FIRESTORE_EMULATOR_HOST", "PUBSUB_EMULATOR_HOST",
      "STORAGE_EMULATOR_HOST", "GCE_METADATA_HOST",
    ])) == 0
    error_message = "Cloud Run sets PORT and K_SERVICE itself, and no emulator stands in for Google here."
  }
}

variable "secrets" {
  description = "Variable → the secret and the version that it holds."
  type        = map(object({ secret = string, version = string }))
  default     = {}

  validation {
    condition     = alltrue([for secret in values(var.secrets) : can(regex("^[0-9]+$", secret.version))])
    error_message = "A version is a number."
  }
}

variable "size" {
  description = "CPU and memory of an instance, requests it serves at once, least and most instances, and the seconds a request may take."
  type = object({
    cpu             = string
    memory          = string
    concurrency     = number
    min_instances   = number
    max_instances   = number
    timeout_seconds = number
  })

  validation {
    condition     = var.size.min_instances >= 0 && var.size.max_instances >= max(1, var.size.min_instances)
    error_message = "At most as many instances as the most, and at least one."
  }

  validation {
    condition     = var.size.concurrency >= 1 && var.size.concurrency <= 1000
    error_message = "An instance serves 1 to 1000 requests at once."
  }

  validation {
    condition     = var.size.timeout_seconds >= 1 && var.size.timeout_seconds <= 3600
    error_message = "A request may take 1 to 3600 seconds."
  }
}

variable "egress" {
  description = "Network and subnet through which private addresses are reached; null where the service calls nothing there."
  type        = object({ network = string, subnetwork = string })
  default     = null

  validation {
    condition     = var.egress == null || try(length(var.egress.network) > 0 && length(var.egress.subnetwork) > 0, false)
    error_message = "Name the network and the subnet."
  }
}
