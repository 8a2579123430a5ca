variable "project_id" {
  description = "Google Cloud project id."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "A project id is 6 to 30 lower-case letters, digits and hyphens."
  }
}

variable "runbooks_url" {
  description = "Where docs/operations can be read, without a slash at the end."
  type        = string

  validation {
    condition     = can(regex("^https://.+/docs/operations$", var.runbooks_url))
    error_message = "The address ends in /docs/operations."
  }
}

variable "metric_types" {
  description = "Log-based metric → its type."
  type        = map(string)
}

variable "email" {
  description = "Address that hears of alerts."
  type        = string

  validation {
    condition     = can(regex("^[^@ ]+@[^@ ]+\\.[^@ ]+$", var.email))
    error_message = "Give an e-mail address."
  }
}

variable "pager_topic" {
  description = "Pub/Sub topic (whole name) of the paging system; null where nobody is on call."
  type        = string
  default     = null
}

variable "push_subscriptions" {
  description = "Names of the push subscriptions."
  type        = list(string)
}

variable "dead_letter_subscriptions" {
  description = "Names of the subscriptions that keep dead letters."
  type        = list(string)
}

variable "max_instances" {
  description = "Service → most instances it may have."
  type        = map(number)
}

variable "expects_traffic" {
  description = "True where an hour without one upload is a fault."
  type        = bool
}
