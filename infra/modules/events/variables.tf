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
  description = "Cloud KMS key that encrypts messages."
  type        = string

  validation {
    condition     = can(regex("^projects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+$", var.kms_key_id))
    error_message = "Give the whole name: projects/…/locations/…/keyRings/…/cryptoKeys/…."
  }
}

variable "topics" {
  description = "Topic → who publishes to it, and where its messages are pushed; without push a pull subscription keeps them."
  type = map(object({
    publisher_emails = list(string)
    push = optional(object({
      service_url          = string
      service_account      = string
      ack_deadline_seconds = number
    }))
  }))

  validation {
    condition = alltrue([
      for topic in values(var.topics) :
      topic.push == null ? true : topic.push.ack_deadline_seconds >= 10 && topic.push.ack_deadline_seconds <= 600
    ])
    error_message = "Pub/Sub waits 10 to 600 seconds for an answer."
  }

  validation {
    condition = alltrue([
      for topic in values(var.topics) : topic.push == null ? true : startswith(topic.push.service_url, "https://")
    ])
    error_message = "Messages are pushed over TLS alone."
  }
}

variable "max_delivery_attempts" {
  description = "Deliveries before a message goes to the dead letters; the services count to the same number."
  type        = number
  default     = 5

  validation {
    condition     = var.max_delivery_attempts >= 5 && var.max_delivery_attempts <= 100
    error_message = "Pub/Sub allows 5 to 100 delivery attempts."
  }
}

variable "pull_subscriber_emails" {
  description = "Accounts that may take messages from the subscriptions that are not pushed."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for email in var.pull_subscriber_emails : can(regex("^[a-z0-9-]+@[a-z0-9.-]+\\.iam\\.gserviceaccount\\.com$", email))])
    error_message = "A service account's e-mail ends in iam.gserviceaccount.com."
  }
}

variable "dead_letter_subscriber_emails" {
  description = "Accounts that may take messages from the dead letters, to remove those of erased people."
  type        = list(string)
  default     = []

  validation {
    condition     = alltrue([for email in var.dead_letter_subscriber_emails : can(regex("^[a-z0-9-]+@[a-z0-9.-]+\\.iam\\.gserviceaccount\\.com$", email))])
    error_message = "A service account's e-mail ends in iam.gserviceaccount.com."
  }
}
