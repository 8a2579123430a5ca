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

variable "domain" {
  description = "Host name of the public API."
  type        = string
}

variable "raw_bucket" {
  description = "Name of the bucket of raw uploads."
  type        = string
}

variable "language_model" {
  description = "Gemini model, where it runs (us and eu keep the data in that jurisdiction), and what a million tokens cost by Google's price list."
  type = object({
    location    = string
    name        = string
    token_price = object({ input = number, output = number })
  })

  validation {
    condition     = contains(["us", "eu"], var.language_model.location)
    error_message = "Health data stays in us or eu; global gives no such promise."
  }

  validation {
    condition     = can(regex("^gemini-[a-z0-9.-]+$", var.language_model.name)) && !strcontains(var.language_model.name, "preview")
    error_message = "A released Gemini model; previews are not covered by the HIPAA agreement."
  }
}

variable "sizes" {
  description = "Service → CPU, memory, concurrency, least and most instances. Time limits are the code's and not set here."
  type = map(object({
    cpu           = string
    memory        = string
    concurrency   = number
    min_instances = number
    max_instances = number
  }))

  validation {
    condition     = toset(keys(var.sizes)) == toset(["ingestion", "analysis", "insight"])
    error_message = "Give the size of ingestion, analysis and insight."
  }
}

variable "log_level" {
  description = "The least severe log lines to write."
  type        = string
  default     = "info"

  validation {
    condition     = contains(["debug", "info", "warn", "error"], var.log_level)
    error_message = "One of debug, info, warn, error."
  }
}

variable "trace_sample_ratio" {
  description = "Share of traces that are recorded."
  type        = number

  validation {
    condition     = var.trace_sample_ratio >= 0 && var.trace_sample_ratio <= 1
    error_message = "Between 0 and 1."
  }
}

variable "auth_calls_per_minute" {
  description = "Calls that one address may make in a minute to each of the auth routes that need no sign-in."
  type        = number
  default     = 120

  validation {
    condition     = var.auth_calls_per_minute >= 1 && floor(var.auth_calls_per_minute) == var.auth_calls_per_minute
    error_message = "A whole number, and at least one call."
  }
}

variable "count_user_entered" {
  description = "Whether what a person typed in counts in the sums of hours and days."
  type        = bool
  default     = false
}

variable "secret_versions" {
  description = "Secret → the version that the services read. A number, so that a new value arrives with a deployment and can be taken back."
  type        = map(string)

  validation {
    condition     = alltrue([for version in values(var.secret_versions) : can(regex("^[0-9]+$", version))])
    error_message = "Versions are numbers; latest would change running services behind everybody's back."
  }
}

variable "notifier_emails" {
  description = "Accounts that tell people about new insights: they may pull user-insights."
  type        = list(string)
  default     = []
}

variable "github" {
  description = "The repository, ref and environment that may deploy; see the delivery module."
  type        = object({ owner_id = string, repository_id = string, repository = string, ref = string, environment = string })
}

variable "alerting" {
  description = "Who hears of alerts, and whether an hour without traffic is a fault."
  type        = object({ email = string, pager_topic = optional(string), expects_traffic = bool })
}

variable "audit_retention_days" {
  description = "How long audit entries are kept; cannot be shortened later."
  type        = number
}

variable "budget" {
  description = "Billing account and what a month may cost."
  type        = object({ billing_account = string, monthly_amount = number })
}

variable "perimeter" {
  description = "VPC Service Controls; null where the project belongs to no organisation."
  type        = object({ access_policy = string, name = string, enforced = bool, operators = list(string) })
  default     = null
}
